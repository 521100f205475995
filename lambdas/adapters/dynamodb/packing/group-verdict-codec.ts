import type { ByteReader } from '../../../core/bytes/byte-reader.ts';
import type { ByteWriter } from '../../../core/bytes/byte-writer.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import { groupVerdictOf } from '../../../core/status/group-verdict.ts';
import type { GroupMeasures } from '../../../core/status/measures.ts';
import type { GroupVerdict, PartitionOwner, PartitionVerdict, Reason, TimeLag } from '../../../core/status/verdict.ts';
import { expectedSeconds, readingsOfTopic, type TwoReadings, type TwoReadingsOfTopic } from './expected-time-lag.ts';
import {
  type GroupFacts,
  groupFactsOf,
  hasShape,
  type PartitionFacts,
  partitionFactsOf,
  shapeOf,
  type TopicFacts,
  type TopicShape,
  tellsAll,
  topicFactsOf,
} from './group-facts.ts';
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

export function writeGroup(target: VerdictTarget, verdict: GroupVerdict, basis: VerdictBasis): void {
  const { group, measures, partitions } = verdict;
  const facts = groupFactsOf(basis.snapshot, group);
  const shapeTold = !hasShape(partitions, facts);
  const headTold = !isSameHead(verdict, groupVerdictOf(group, partitions));
  target.codes.unsigned(
    (shapeTold ? HAS_SHAPE : 0) + (headTold ? HAS_HEAD : 0) + (measures === undefined ? 0 : HAS_MEASURES),
  );
  if (shapeTold) target.texts.push(Array.from(partitions, ([topic, { length }]): TopicShape => [topic, length]));
  if (headTold) target.texts.push(headOf(verdict));
  if (measures !== undefined) target.texts.push(measures);
  for (const [topic, list] of partitions) {
    const known = knownOf(facts, topic, basis);
    for (let partition = 0; partition < list.length; partition += 1) {
      writePartition(target, list[partition] ?? null, known, partition);
    }
  }
}

export function readGroup(source: VerdictSource, group: string, basis: VerdictBasis): GroupVerdict {
  const facts = groupFactsOf(basis.snapshot, group);
  const flags = source.codes.unsigned();
  const shape = flags & HAS_SHAPE ? (nextText(source) as readonly TopicShape[]) : shapeOf(facts);
  const told = flags & HAS_HEAD ? (nextText(source) as Head) : null;
  const measures = flags & HAS_MEASURES ? (nextText(source) as GroupMeasures) : undefined;
  const partitions = new Map(
    shape.map(([topic, length]) => {
      const known = knownOf(facts, topic, basis);
      return [topic, Array.from({ length }, (_, partition) => readPartition(source, known, partition))];
    }),
  );
  const head = told ?? headOf(groupVerdictOf(group, partitions));
  return { group, ...head, partitions, ...(measures && { measures }) };
}

/** What both sides know of a topic of the group. */
interface KnownOfTopic {
  readonly facts: TopicFacts;
  readonly readings: TwoReadingsOfTopic;
}

const knownOf = (facts: GroupFacts, topic: string, { readings }: VerdictBasis): KnownOfTopic => ({
  facts: topicFactsOf(facts, topic),
  readings: readingsOfTopic(readings, topic),
});

/** This and what it calls run for every partition of every sample: hence no more objects than needed. */
function writePartition(
  target: VerdictTarget,
  verdict: PartitionVerdict | null,
  known: KnownOfTopic,
  partition: number,
): void {
  if (verdict === null) {
    target.codes.unsigned(NOTHING);
    return;
  }
  const { status, timeLag, reason, committedOffset } = verdict;
  const told = !tellsAll(known.facts, partition, verdict);
  target.codes.unsigned(codeOf({ status, timeLag: timeLag.kind, hasReason: reason !== null, told }));
  if (told) writeFacts(target, verdict, partitionFactsOf(known.facts, partition));
  if (timeLag.kind !== 'unknown') {
    target.seconds.near(timeLag.timeLagMs / 1_000, expectedSeconds(known.readings, partition, committedOffset));
  }
  if (reason !== null) target.reasons.write(reason, verdict);
}

function readPartition(source: VerdictSource, known: KnownOfTopic, partition: number): PartitionVerdict | null {
  const number = source.codes.unsigned();
  if (number === NOTHING) return null;
  const { status, timeLag: kind, hasReason, told } = parseCode(number);
  const facts = partitionFactsOf(known.facts, partition);
  const { committedOffset, logEndOffset, lagMessages, owner: ownerOrMember } = told ? readFacts(source, facts) : facts;
  const owner = ownerOrMember && ownerOf(ownerOrMember);
  const seconds = () => source.seconds.near(expectedSeconds(known.readings, partition, committedOffset));
  const timeLag: TimeLag = kind === 'unknown' ? { kind } : { kind, timeLagMs: seconds() * 1_000 };
  const reason = hasReason ? source.reasons.read({ lagMessages, owner, timeLag }) : null;
  return { status, committedOffset, logEndOffset, lagMessages, timeLag, owner, reason };
}

const ownerOf = ({ clientId, host }: PartitionOwner): PartitionOwner => ({ clientId, host });

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

function headOf({ group: _, partitions: __, measures: ___, ...head }: GroupVerdict): Head {
  return head;
}

/** Field by field: to compare every group deeply takes as long as all the rest. */
const isSameHead = (a: Head, b: Head): boolean =>
  a.status === b.status &&
  a.kind === b.kind &&
  a.lagMessages === b.lagMessages &&
  a.timeLag.kind === b.timeLag.kind &&
  (a.timeLag.kind === 'unknown' || b.timeLag.kind === 'unknown' || a.timeLag.timeLagMs === b.timeLag.timeLagMs) &&
  (a.reason === b.reason || isSameReason(a.reason, b.reason));

function isSameReason(a: Reason | null, b: Reason | null): boolean {
  if (a === null || b === null || a.rule !== b.rule || a.sentence !== b.sentence) return false;
  const names = Object.keys(a.numbers);
  return (
    names.length === Object.keys(b.numbers).length && names.every((name) => Object.is(a.numbers[name], b.numbers[name]))
  );
}

const nextText = ({ texts }: VerdictSource): unknown => texts.next().value;
