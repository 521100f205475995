import type { GroupSnapshot } from '../cluster/group.ts';
import { topicsOf } from '../cluster/one-group.ts';
import { ownersOf } from '../cluster/owners.ts';
import type { ClusterSnapshot, PartitionLog } from '../cluster/snapshot.ts';
import { lagOf } from '../lag/lag.ts';

/** One group in one sample, as far as its capacity goes. */
export interface CapacityPoint {
  readonly atMs: number;
  readonly members: number;
  /** Of all topics that it reads; null: they do not bound a share group. */
  readonly partitions: number | null;
  readonly lagMessages: number;
  /** The partitions in which log and group are known, by topic and number. */
  readonly places: ReadonlyMap<string, Place>;
}

/** A group's place in one partition. */
interface Place extends PartitionLog {
  readonly position: number;
  readonly lagMessages: number;
  /** Member id; one for all where nobody is a member or all share everything; null: nobody. */
  readonly worker: string | null;
}

/** What one worker did from one point to another. */
export interface Pace {
  readonly perS: number;
  /** What waited at the beginning was more than it consumed: it can't have run out of work. */
  readonly neverDry: boolean;
}

const ALL = '';

/** Null: the group was not read. */
export function capacityPointOf({ atMs, topics, groups }: ClusterSnapshot, name: string): CapacityPoint | null {
  const group = groups.get(name);
  if (group === undefined) return null;
  const owners = ownersOf(group);
  const places = new Map<string, Place>();
  let [partitions, lagMessages] = [0, 0];
  for (const topic of topicsOf(group)) {
    const logs = topics.get(topic) ?? [];
    partitions += logs.length;
    for (let partition = 0; partition < logs.length; partition++) {
      const log = logs[partition] ?? null;
      const progress = log && progressOf(group, topic, partition, log);
      if (log === null || progress === null) continue;
      const owner = owners?.get(topic)?.[partition]?.memberId ?? null;
      const worker = group.type === 'share' || group.members?.length === 0 ? ALL : owner;
      places.set(`${topic}-${partition}`, { ...log, ...progress, worker });
      lagMessages += progress.lagMessages;
    }
  }
  const shared = group.type === 'share';
  return { atMs, members: group.members?.length ?? 0, partitions: shared ? null : partitions, lagMessages, places };
}

function progressOf(
  { committed, share }: GroupSnapshot,
  topic: string,
  partition: number,
  log: PartitionLog,
): Pick<Place, 'position' | 'lagMessages'> | null {
  const shared = share?.get(topic)?.[partition]?.lagMessages ?? null;
  if (shared !== null) return { position: log.logEndOffset - shared, lagMessages: shared };
  const lag = lagOf({ ...log, committedOffset: committed.get(topic)?.[partition] ?? null });
  if (lag.kind === 'notStarted') return null;
  return { position: log.logEndOffset - lag.lagMessages, lagMessages: lag.lagMessages };
}

/** Messages per second that were written between two points, to the partitions known at both. */
export function producedPerS(from: CapacityPoint, to: CapacityPoint): number {
  let messages = 0;
  for (const [key, { logEndOffset }] of to.places) {
    messages += Math.max(0, logEndOffset - (from.places.get(key)?.logEndOffset ?? logEndOffset));
  }
  return perSecond(messages, from, to);
}

/** What each worker consumed in the partitions that were its own at both points; nobody who consumed nothing. */
export function pacesOf(from: CapacityPoint, to: CapacityPoint): readonly Pace[] {
  const byWorker = new Map<string, { consumed: number; waiting: number }>();
  for (const [key, { worker, position, logStartOffset }] of to.places) {
    const before = from.places.get(key);
    if (before === undefined || worker === null || before.worker !== worker) continue;
    const own = byWorker.get(worker) ?? { consumed: 0, waiting: 0 };
    byWorker.set(worker, own);
    // What retention took in between was not consumed.
    own.consumed += Math.max(0, position - Math.max(before.position, logStartOffset));
    own.waiting += before.lagMessages;
  }
  return Array.from(byWorker.values()).flatMap(({ consumed, waiting }) => {
    // Who shares everything, shares the work too.
    const sharing = to.partitions === null ? Math.max(1, to.members) : 1;
    return consumed === 0 ? [] : [{ perS: perSecond(consumed, from, to) / sharing, neverDry: waiting >= consumed }];
  });
}

const perSecond = (messages: number, from: CapacityPoint, to: CapacityPoint): number =>
  to.atMs > from.atMs ? (messages * 1_000) / (to.atMs - from.atMs) : 0;
