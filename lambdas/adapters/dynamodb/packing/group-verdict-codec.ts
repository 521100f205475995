import { isDeepStrictEqual } from 'node:util';
import type { ByteReader } from '../../../core/bytes/byte-reader.ts';
import type { ByteWriter } from '../../../core/bytes/byte-writer.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import { groupVerdictOf } from '../../../core/status/group-verdict.ts';
import type { GroupMeasures } from '../../../core/status/measures.ts';
import type { GroupVerdict, PartitionVerdict, TimeLag } from '../../../core/status/verdict.ts';
import { expectedSeconds, type TwoReadings } from './expected-time-lag.ts';
import { groupFactsOf, type PartitionFacts, type TopicShape } from './group-facts.ts';
import { codeOf, NOTHING, parseCode } from './partition-code.ts';
import type { ReasonReader, ReasonWriter } from './verdict-reasons.ts';

/** Where the parts of a group's verdict go, each kind to its own block. */
export interface VerdictTarget {
  readonly codes: ByteWriter;
  readonly seconds: ByteWriter;
  readonly facts: ByteWriter;
  readonly reasons: ReasonWriter;
  readonly texts: unknown[];
}

export interface VerdictSource {
  readonly codes: ByteReader;
  readonly seconds: ByteReader;
  readonly facts: ByteReader;
  readonly reasons: ReasonReader;
  readonly texts: Iterator<unknown>;
}

/** What a group's verdict says beyond its partitions. */
type Head = Omit<GroupVerdict, 'group' | 'partitions' | 'measures'>;

const HAS_SHAPE = 1;
const HAS_HEAD = 2;
const HAS_MEASURES = 4;

/** What both sides know without being told. */
export interface VerdictBasis {
  readonly snapshot: ClusterSnapshot;
  readonly readings: TwoReadings;
}

export function writeGroup(target: VerdictTarget, verdict: GroupVerdict, { snapshot, readings }: VerdictBasis): void {
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
    for (const [partition, each] of list.entries()) {
      writePartition(target, each, { topic, partition, readings, facts: factsOf(partition) });
    }
  }
}

export function readGroup(source: VerdictSource, group: string, { snapshot, readings }: VerdictBasis): GroupVerdict {
  const facts = groupFactsOf(snapshot, group);
  const flags = source.codes.unsigned();
  const shape = flags & HAS_SHAPE ? (nextText(source) as readonly TopicShape[]) : facts.shape;
  const told = flags & HAS_HEAD ? (nextText(source) as Head) : null;
  const measures = flags & HAS_MEASURES ? (nextText(source) as GroupMeasures) : undefined;
  const partitions = new Map(
    shape.map(([topic, length]) => {
      const factsOf = facts.ofTopic(topic);
      return [
        topic,
        Array.from({ length }, (_, partition) => readPartition(source, { topic, partition, readings }, factsOf)),
      ];
    }),
  );
  const head = told ?? headFrom(group, partitions);
  return { group, ...head, partitions, ...(measures && { measures }) };
}

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly readings: TwoReadings;
}

function writePartition(
  target: VerdictTarget,
  verdict: PartitionVerdict | null,
  { facts, readings, ...place }: Place & { readonly facts: PartitionFacts },
): void {
  if (verdict === null) {
    target.codes.unsigned(NOTHING);
    return;
  }
  const { status, timeLag, reason, committedOffset } = verdict;
  const told = !tellsAll(facts, verdict);
  target.codes.unsigned(codeOf({ status, timeLag: timeLag.kind, hasReason: reason !== null, told }));
  if (told) writeFacts(target, verdict, facts);
  if (timeLag.kind !== 'unknown') {
    target.seconds.near(timeLag.timeLagMs / 1_000, expectedSeconds(readings, { ...place, committedOffset }));
  }
  if (reason !== null) target.reasons.write(reason, verdict);
}

function readPartition(
  source: VerdictSource,
  { partition, readings, topic }: Place,
  factsOf: (partition: number) => PartitionFacts,
): PartitionVerdict | null {
  const number = source.codes.unsigned();
  if (number === NOTHING) return null;
  const { status, timeLag: kind, hasReason, told } = parseCode(number);
  const facts = factsOf(partition);
  const { committedOffset, logEndOffset, lagMessages, owner } = told ? readFacts(source, facts) : facts;
  const seconds = () => source.seconds.near(expectedSeconds(readings, { topic, partition, committedOffset }));
  const timeLag: TimeLag = kind === 'unknown' ? { kind } : { kind, timeLagMs: seconds() * 1_000 };
  const reason = hasReason ? source.reasons.read({ lagMessages, owner, timeLag }) : null;
  return { status, committedOffset, logEndOffset, lagMessages, timeLag, owner, reason };
}

function writeFacts({ facts, texts }: VerdictTarget, verdict: PartitionFacts, known: PartitionFacts): void {
  const { committedOffset, logEndOffset, lagMessages, owner } = verdict;
  const write = (value: number | null, expected: number | null) => {
    facts.unsigned(value === null ? 0 : 1);
    if (value !== null) facts.near(value, expected ?? 0);
  };
  write(committedOffset, known.committedOffset);
  write(logEndOffset, known.logEndOffset ?? committedOffset);
  write(lagMessages, known.lagMessages ?? (logEndOffset ?? 0) - (committedOffset ?? 0));
  texts.push(owner && [owner.clientId, owner.host]);
}

function readFacts(source: VerdictSource, known: PartitionFacts): PartitionFacts {
  const read = (expected: number | null) => (source.facts.unsigned() === 0 ? null : source.facts.near(expected ?? 0));
  const committedOffset = read(known.committedOffset);
  const logEndOffset = read(known.logEndOffset ?? committedOffset);
  const lagMessages = read(known.lagMessages ?? (logEndOffset ?? 0) - (committedOffset ?? 0));
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
