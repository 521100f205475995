import { isDeepStrictEqual } from 'node:util';
import type { ByteReader } from '../../../core/bytes/byte-reader.ts';
import type { ByteWriter } from '../../../core/bytes/byte-writer.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import { groupVerdictOf } from '../../../core/status/group-verdict.ts';
import type { GroupMeasures } from '../../../core/status/measures.ts';
import type { GroupVerdict, PartitionVerdict, Reason, TimeLag } from '../../../core/status/verdict.ts';
import { groupFactsOf, type PartitionFacts, type TopicShape } from './group-facts.ts';
import { codeOf, NOTHING, parseCode } from './partition-code.ts';

/** Where the parts of a group's verdict go, each kind to its own block. */
export interface VerdictTarget {
  readonly codes: ByteWriter;
  readonly seconds: ByteWriter;
  readonly facts: ByteWriter;
  readonly texts: unknown[];
}

export interface VerdictSource {
  readonly codes: ByteReader;
  readonly seconds: ByteReader;
  readonly facts: ByteReader;
  readonly texts: Iterator<unknown>;
}

/** What a group's verdict says beyond its partitions. */
type Head = Omit<GroupVerdict, 'group' | 'partitions' | 'measures'>;

const HAS_SHAPE = 1;
const HAS_HEAD = 2;
const HAS_MEASURES = 4;

export function writeGroup(target: VerdictTarget, verdict: GroupVerdict, snapshot: ClusterSnapshot): void {
  const { group, measures, partitions, ...head } = verdict;
  const facts = groupFactsOf(snapshot, group);
  const shape = Array.from(partitions, ([topic, { length }]): TopicShape => [topic, length]);
  const hasShape = !isDeepStrictEqual(shape, facts.shape);
  const hasHead = !isDeepStrictEqual(head, headFrom(group, partitions));
  target.codes.unsigned(
    (hasShape ? HAS_SHAPE : 0) + (hasHead ? HAS_HEAD : 0) + (measures === undefined ? 0 : HAS_MEASURES),
  );
  if (hasShape) target.texts.push(shape);
  if (hasHead) target.texts.push(head);
  if (measures !== undefined) target.texts.push(measures);
  for (const [topic, list] of partitions) {
    const factsOf = facts.ofTopic(topic);
    for (const [partition, each] of list.entries()) writePartition(target, each, factsOf(partition));
  }
}

export function readGroup(source: VerdictSource, group: string, snapshot: ClusterSnapshot): GroupVerdict {
  const facts = groupFactsOf(snapshot, group);
  const flags = source.codes.unsigned();
  const shape = flags & HAS_SHAPE ? (nextText(source) as readonly TopicShape[]) : facts.shape;
  const told = flags & HAS_HEAD ? (nextText(source) as Head) : null;
  const measures = flags & HAS_MEASURES ? (nextText(source) as GroupMeasures) : undefined;
  const partitions = new Map(
    shape.map(([topic, length]) => {
      const factsOf = facts.ofTopic(topic);
      return [topic, Array.from({ length }, (_, partition) => readPartition(source, factsOf, partition))];
    }),
  );
  const head = told ?? headFrom(group, partitions);
  return { group, ...head, partitions, ...(measures && { measures }) };
}

function writePartition(target: VerdictTarget, verdict: PartitionVerdict | null, facts: PartitionFacts): void {
  if (verdict === null) {
    target.codes.unsigned(NOTHING);
    return;
  }
  const { status, timeLag, reason } = verdict;
  const told = !tellsAll(facts, verdict);
  target.codes.unsigned(codeOf({ status, timeLag: timeLag.kind, hasReason: reason !== null, told }));
  // Verdicts tell whole seconds.
  if (timeLag.kind !== 'unknown') target.seconds.unsigned(timeLag.timeLagMs / 1_000);
  if (reason !== null) target.texts.push(reason);
  if (told) writeFacts(target, verdict);
}

function readPartition(
  source: VerdictSource,
  factsOf: (partition: number) => PartitionFacts,
  partition: number,
): PartitionVerdict | null {
  const number = source.codes.unsigned();
  if (number === NOTHING) return null;
  const { status, timeLag: kind, hasReason, told } = parseCode(number);
  const timeLag: TimeLag = kind === 'unknown' ? { kind } : { kind, timeLagMs: source.seconds.unsigned() * 1_000 };
  const reason = hasReason ? (nextText(source) as Reason) : null;
  const { committedOffset, logEndOffset, lagMessages, owner } = told ? readFacts(source) : factsOf(partition);
  return { status, committedOffset, logEndOffset, lagMessages, timeLag, owner, reason };
}

function writeFacts({ facts, texts }: VerdictTarget, verdict: PartitionFacts): void {
  const { committedOffset, logEndOffset, lagMessages, owner } = verdict;
  for (const number of [committedOffset, logEndOffset, lagMessages]) {
    facts.unsigned(number === null ? 0 : 1);
    if (number !== null) facts.near(number, 0);
  }
  texts.push(owner && [owner.clientId, owner.host]);
}

function readFacts(source: VerdictSource): PartitionFacts {
  const next = () => (source.facts.unsigned() === 0 ? null : source.facts.near(0));
  const [committedOffset, logEndOffset, lagMessages] = [next(), next(), next()];
  const owner = nextText(source) as [clientId: string, host: string] | null;
  return { committedOffset, logEndOffset, lagMessages, owner: owner && { clientId: owner[0], host: owner[1] } };
}

const tellsAll = (facts: PartitionFacts, verdict: PartitionVerdict): boolean =>
  verdict.committedOffset === facts.committedOffset &&
  verdict.logEndOffset === facts.logEndOffset &&
  verdict.lagMessages === facts.lagMessages &&
  verdict.owner?.clientId === facts.owner?.clientId &&
  verdict.owner?.host === facts.owner?.host;

function headFrom(group: string, partitions: GroupVerdict['partitions']): Head {
  const { group: _, partitions: __, measures: ___, ...head } = groupVerdictOf(group, partitions);
  return head;
}

const nextText = ({ texts }: VerdictSource): unknown => texts.next().value;
