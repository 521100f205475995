import { isDeepStrictEqual } from 'node:util';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import type { SlotVerdicts } from '../../../core/ports/evaluation-store.ts';
import { groupVerdictOf } from '../../../core/status/group-verdict.ts';
import type { GroupVerdict, PartitionVerdict, TimeLag } from '../../../core/status/verdict.ts';
import { type ByteReader, byteReader } from './byte-reader.ts';
import { type ByteWriter, byteWriter } from './byte-writer.ts';
import { corrupt } from './corrupt.ts';
import { groupFactsOf, type TopicShape } from './expected-verdict.ts';
import { codeOf, parseCode } from './partition-code.ts';

/**
 * The verdicts of a slot, as what the slot's own snapshot does not tell:
 *
 *     slot, time, how many groups; then blocks, since like compresses with like:
 *     names:       of each group its place in the snapshot, or after the last place its name
 *     codes:       of each partition one number (partition-code.ts)
 *     seconds:     of each plain partition with a time lag
 *     exceptions:  JSON of whatever is not as the snapshot makes one expect
 */
interface Blocks<T> {
  readonly names: T;
  readonly codes: T;
  readonly seconds: T;
}

/** What a group's verdict says beyond its partitions; null where that follows from them. */
type Head = Omit<GroupVerdict, 'group' | 'partitions'>;

type Exception = readonly TopicShape[] | Head | PartitionVerdict | null;

export function packVerdicts({ slotMs, atMs, verdicts }: SlotVerdicts, snapshot: ClusterSnapshot): Uint8Array {
  const blocks = { names: byteWriter(), codes: byteWriter(), seconds: byteWriter() };
  const exceptions: Exception[] = [];
  const names = [...snapshot.groups.keys()].sort();
  const placeOf = new Map(names.map((name, place) => [name, place]));
  let expectedPlace = 0;
  for (const verdict of verdicts) {
    const place = placeOf.get(verdict.group) ?? names.length;
    blocks.names.near(place, expectedPlace);
    if (place === names.length) blocks.names.text(verdict.group);
    expectedPlace = place + 1;
    packGroup(verdict, snapshot, blocks, exceptions);
  }
  const writer = byteWriter();
  writer.unsigned(slotMs);
  writer.near(atMs, snapshot.atMs);
  writer.unsigned(verdicts.length);
  writer.text(JSON.stringify(exceptions));
  for (const block of [blocks.names, blocks.codes, blocks.seconds]) writer.block(block.finish());
  return writer.finish();
}

/** The verdicts again. Throws STORE_CORRUPT for bytes that were not packed so, against this snapshot. */
export function unpackVerdicts(content: Uint8Array, snapshot: ClusterSnapshot): SlotVerdicts {
  const reader = byteReader(content);
  const slotMs = reader.unsigned();
  const atMs = reader.near(snapshot.atMs);
  const count = reader.unsigned();
  const exceptions = (JSON.parse(reader.text()) as Exception[]).values();
  const blocks = {
    names: byteReader(reader.block()),
    codes: byteReader(reader.block()),
    seconds: byteReader(reader.block()),
  };
  reader.finish();
  const names = [...snapshot.groups.keys()].sort();
  let expectedPlace = 0;
  const verdicts = Array.from({ length: count }, () => {
    const place = blocks.names.near(expectedPlace);
    expectedPlace = place + 1;
    const group = place === names.length ? blocks.names.text() : names[place];
    if (group === undefined) throw corrupt('names a group that its snapshot lacks');
    return unpackGroup(group, snapshot, blocks, exceptions);
  });
  return { slotMs, atMs, verdicts };
}

const AS_EXPECTED = 0;
const HAS_SHAPE = 1;
const HAS_HEAD = 2;

function packGroup(
  verdict: GroupVerdict,
  snapshot: ClusterSnapshot,
  { codes, seconds }: Blocks<ByteWriter>,
  exceptions: Exception[],
): void {
  const facts = groupFactsOf(snapshot, verdict.group);
  const shape = Array.from(verdict.partitions, ([topic, { length }]): TopicShape => [topic, length]);
  const head = headOf(verdict);
  const hasShape = !isDeepStrictEqual(shape, facts.shape);
  codes.unsigned(AS_EXPECTED + (hasShape ? HAS_SHAPE : 0) + (head ? HAS_HEAD : 0));
  if (hasShape) exceptions.push(shape);
  if (head) exceptions.push(head);
  for (const [topic, partitions] of verdict.partitions) {
    for (const [partition, each] of partitions.entries()) {
      const code = codeOf(each, facts.of(topic, partition));
      codes.unsigned(code);
      if (each === null) continue;
      if (parseCode(code).kind === 'exception') exceptions.push(kept(each));
      else if (each.timeLag.kind !== 'unknown') seconds.unsigned(wholeSeconds(each.timeLag.timeLagMs));
    }
  }
}

function unpackGroup(
  group: string,
  snapshot: ClusterSnapshot,
  { codes, seconds }: Blocks<ByteReader>,
  exceptions: Iterator<Exception>,
): GroupVerdict {
  const flags = codes.unsigned();
  const facts = groupFactsOf(snapshot, group);
  const shape = flags & HAS_SHAPE ? (exceptions.next().value as readonly TopicShape[]) : facts.shape;
  const head = flags & HAS_HEAD ? (exceptions.next().value as Head) : null;
  const partitionOf = (topic: string, partition: number): PartitionVerdict | null => {
    const code = parseCode(codes.unsigned());
    if (code.kind === 'nothing') return null;
    if (code.kind === 'exception') return exceptions.next().value as PartitionVerdict;
    const { status, timeLag: kind } = code;
    const timeLag: TimeLag = kind === 'unknown' ? { kind } : { kind, timeLagMs: seconds.unsigned() * 1_000 };
    return { status, ...facts.of(topic, partition), timeLag, reason: null };
  };
  const partitions = new Map(
    shape.map(([topic, length]) => [topic, Array.from({ length }, (_, partition) => partitionOf(topic, partition))]),
  );
  return head === null ? groupVerdictOf(group, partitions) : { group, ...head, partitions };
}

/** Null when the partitions say it all: then it is made of them again. */
function headOf({ group, partitions, measures, ...head }: GroupVerdict): Head | null {
  const { group: _, partitions: __, ...expected } = groupVerdictOf(group, partitions);
  const told = head.status !== 'OK' && measures !== undefined;
  if (!told && isDeepStrictEqual(head, expected)) return null;
  return told ? { ...head, measures } : head;
}

const kept = ({ measures, ...verdict }: PartitionVerdict): PartitionVerdict =>
  verdict.status === 'OK' ? { ...verdict, reason: null } : { ...verdict, ...(measures && { measures }) };

/** Rounded down: nothing is told to be older than it is. */
const wholeSeconds = (ms: number): number => Math.floor(ms / 1_000);
