import type { GroupSnapshot } from '../../../core/cluster/group.ts';
import { topicsOf } from '../../../core/cluster/one-group.ts';
import type { ClusterSnapshot, PartitionLog, ReadFailure } from '../../../core/cluster/snapshot.ts';

/** One bucket's share of a snapshot. A topic stands in the bucket of each group that reads it. */
export interface BucketPart {
  readonly atMs: number;
  readonly topics: ReadonlyMap<string, readonly (PartitionLog | null)[]>;
  readonly groups: ReadonlyMap<string, GroupSnapshot>;
  readonly failures: readonly NumberedFailure[];
}

/** A failure and its place among the snapshot's. */
export interface NumberedFailure {
  readonly number: number;
  readonly failure: ReadFailure;
}

/** Some 3 KB a sample: small enough to read a group alone, large enough to compress and not to pay for rounding up. */
const CELLS_PER_BUCKET = 1_500;
/** More would only add requests; from there on buckets grow. */
const BUCKETS_MAX = 32;

/**
 * How many buckets a snapshot needs: a power of two. `current` stays as long as it is not far off, since a change moves
 * groups between buckets and every bucket begins anew.
 */
export function bucketCountFor(snapshot: ClusterSnapshot, current: number | null): number {
  const cells = cellsOf(snapshot);
  if (current !== null && cells <= current * CELLS_PER_BUCKET * 2 && cells > (current * CELLS_PER_BUCKET) / 4) {
    return current;
  }
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(1, cells / CELLS_PER_BUCKET)));
  return Math.min(BUCKETS_MAX, wanted);
}

/** The bucket of a group, or of a topic that no group reads: the same for the same name and count, always. */
export function bucketOf(name: string, count: number): number {
  let hash = 0x811c9dc5; // FNV-1a, whose low bits alone are poor: hence the shifts below
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % count;
}

/**
 * A snapshot in its buckets. `holds` tells which topics a bucket has had lately: they stay there while a group that
 * reads them is missing from a reading.
 */
export function splitSnapshot(
  { atMs, topics, groups, failures }: ClusterSnapshot,
  count: number,
  holds: (bucket: number, topic: string) => boolean,
): BucketPart[] {
  const parts = Array.from({ length: count }, () => ({
    atMs,
    topics: new Map<string, readonly (PartitionLog | null)[]>(),
    groups: new Map<string, GroupSnapshot>(),
    failures: [] as NumberedFailure[],
  }));
  const readBy = new Map<string, Set<number>>();
  for (const [name, group] of groups) {
    const bucket = bucketOf(name, count);
    parts[bucket]?.groups.set(name, group);
    for (const topic of topicsOf(group)) readBy.set(topic, (readBy.get(topic) ?? new Set()).add(bucket));
  }
  for (const [topic, logs] of topics) {
    const readers = readBy.get(topic);
    const takers = parts.filter((_, bucket) => readers?.has(bucket) || holds(bucket, topic));
    for (const part of takers.length > 0 ? takers : parts.slice(bucketOf(topic, count)).slice(0, 1)) {
      part.topics.set(topic, logs);
    }
  }
  for (const [number, failure] of failures.entries()) {
    for (const [bucket, part] of parts.entries()) {
      if (belongs(failure, bucket, count, part.topics)) part.failures.push({ number, failure });
    }
  }
  return parts;
}

function belongs(failure: ReadFailure, bucket: number, count: number, topics: ReadonlyMap<string, unknown>): boolean {
  switch (failure.part) {
    case 'broker':
      return true;
    case 'group':
    case 'members':
      return bucketOf(failure.group, count) === bucket;
    case 'partition':
      return topics.has(failure.topic) || bucketOf(failure.topic, count) === bucket;
  }
}

function cellsOf({ topics, groups }: ClusterSnapshot): number {
  let cells = 0;
  for (const { committed, share } of groups.values()) {
    for (const { length } of committed.values()) cells += length;
    for (const { length } of share?.values() ?? []) cells += length;
  }
  let logs = 0;
  for (const { length } of topics.values()) logs += length;
  return Math.max(cells, logs);
}
