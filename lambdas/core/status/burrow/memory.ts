import type { LogEndHistory } from '../../lag/time-lag.ts';
import { type ArrivingCommit, type CommitRing, withCommit } from './commit-ring.ts';
import { type BurrowGroup, judgeGroup } from './group.ts';
import { judgePartition } from './partition.ts';
import type { BurrowSettings } from './settings.ts';

/** What Burrow remembers of one cluster. The functions below change it. */
export interface BurrowMemory {
  /** By topic, indexed by partition: the last log ends. They only ever get more; null before the first. */
  readonly logEnds: Map<string, (LogEndHistory | null)[]>;
  readonly groups: Map<string, GroupMemory>;
}

export interface GroupMemory {
  /** When the group last committed anything (epoch). */
  lastCommitAtMs: number;
  /** By topic, indexed by partition. */
  readonly topics: Map<string, CommitRing[]>;
}

/** Which partition of which topic. */
export interface PartitionKey {
  readonly topic: string;
  readonly partition: number;
}

export const emptyMemory = (): BurrowMemory => ({ logEnds: new Map(), groups: new Map() });

/** Takes one log end. Equal ones are kept too: a quiet topic fills the ring with one value. */
export function addLogEnd(
  memory: BurrowMemory,
  { topic, partition }: PartitionKey,
  end: { readonly logEndOffset: number; readonly atMs: number },
  { intervals }: BurrowSettings,
): void {
  const rings = padded(memory.logEnds, topic, partition + 1, null);
  const { atMs, logEndOffset } = rings[partition] ?? { atMs: [], logEndOffset: [] };
  rings[partition] = {
    atMs: pushed(atMs, end.atMs, intervals),
    logEndOffset: pushed(logEndOffset, end.logEndOffset, intervals),
  };
}

/** A new ring with one more value; the oldest falls off a full one. */
function pushed(ring: readonly number[], value: number, slots: number): readonly number[] {
  const next = ring.length < slots ? ring.slice() : ring.slice(1);
  next.push(value);
  return next;
}

/** Takes one commit; dropped when it is expired, or when the partition's log end is not known yet. */
export function addCommit(
  memory: BurrowMemory,
  { group, topic, partition, nowMs }: PartitionKey & { readonly group: string; readonly nowMs: number },
  commit: ArrivingCommit,
  settings: BurrowSettings,
): void {
  if (commit.atMs < expiryMs(nowMs, settings)) return;
  const logEnds = memory.logEnds.get(topic);
  const logEndOffset = logEnds?.[partition]?.logEndOffset.at(-1);
  if (logEnds === undefined || logEndOffset === undefined) return;
  const known = memory.groups.get(group) ?? { lastCommitAtMs: 0, topics: new Map() };
  memory.groups.set(group, known);
  // One commit makes the group a reader of the whole topic: its other partitions count with blank windows.
  const rings = padded(known.topics, topic, logEnds.length, []);
  const { ring, appended } = withCommit(rings[partition] ?? [], commit, logEndOffset, settings);
  rings[partition] = ring;
  if (appended) known.lastCommitAtMs = commit.atMs;
}

/** Forgets a topic, and that groups ever read it; the groups stay. */
export function deleteTopic(memory: BurrowMemory, topic: string): void {
  memory.logEnds.delete(topic);
  for (const { topics } of memory.groups.values()) topics.delete(topic);
}

/** Judges a group. Null: not known, or expired, and then forgotten. */
export function readGroup(
  memory: BurrowMemory,
  group: string,
  nowMs: number,
  settings: BurrowSettings,
): BurrowGroup | null {
  const known = memory.groups.get(group);
  if (known === undefined) return null;
  if (expiryMs(nowMs, settings) > known.lastCommitAtMs) {
    memory.groups.delete(group);
    return null;
  }
  const judged = Array.from(known.topics, ([topic, rings]) => {
    const logEnds = memory.logEnds.get(topic);
    const partitions = rings.map((commits, partition) =>
      judgePartition({ commits, logEndOffsets: logEnds?.[partition]?.logEndOffset ?? [], nowMs }, settings),
    );
    return [topic, partitions] as const;
  });
  return judgeGroup(new Map(judged));
}

/** Whole seconds, as Burrow counts. */
const expiryMs = (nowMs: number, { expireGroupMs }: BurrowSettings): number =>
  Math.floor(nowMs / 1_000) * 1_000 - expireGroupMs;

/** The topic's list, made or lengthened to at least that many partitions. */
function padded<T>(lists: Map<string, T[]>, topic: string, length: number, blank: T): T[] {
  const list = lists.get(topic) ?? [];
  while (list.length < length) list.push(blank);
  lists.set(topic, list);
  return list;
}
