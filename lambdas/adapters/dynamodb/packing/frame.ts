import type { GroupSnapshot, ShareProgress } from '../../../core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog, ReadFailure } from '../../../core/cluster/snapshot.ts';
import type { BucketPart } from './buckets.ts';
import type { Columns, Frame } from './columns.ts';
import { type GroupEntry, SHARE_LAG, SHARE_START, type TopicCells } from './group-entry.ts';
import type { Layout } from './layout.ts';
import { LOG_NEWEST, LOG_NEWEST_NONE, LOG_READ, LOG_STABLE } from './topic-entry.ts';

/** The offsets of a bucket's part, where the layout has them. Cells without a value are 0. */
export function columnsOf({ topics, groups }: BucketPart, { cells, ...layout }: Layout): Omit<Columns, 'logEndBefore'> {
  const { logs, commits, shares } = cells;
  const columns = {
    logStart: new Float64Array(logs.length),
    logEnd: new Float64Array(logs.length),
    stable: new Float64Array(cells.hasStable ? logs.length : 0),
    newest: new Float64Array(cells.hasNewest ? logs.length : 0),
    committed: new Float64Array(commits.length),
    shareStart: new Float64Array(shares.length),
    shareLag: new Float64Array(shares.length),
  };
  let cell = 0;
  for (const { name, codes } of layout.topics) {
    const logs = topics.get(name);
    for (const log of logs ?? []) {
      columns.logStart[cell] = log?.logStartOffset ?? 0;
      columns.logEnd[cell] = log?.logEndOffset ?? 0;
      if (cells.hasStable) columns.stable[cell] = log?.lastStableOffset ?? 0;
      if (cells.hasNewest) columns.newest[cell] = log?.newestRecordAtMs ?? 0;
      cell += 1;
    }
    if (logs === undefined) cell += codes.length;
  }
  let commit = 0;
  let shared = 0;
  for (const { name, committed, share } of layout.groups) {
    const group = groups.get(name);
    for (const { topic, codes } of committed) {
      const offsets = group?.committed.get(topic) ?? [];
      for (let partition = 0; partition < codes.length; partition += 1) {
        columns.committed[commit++] = offsets[partition] ?? 0;
      }
    }
    for (const { topic, codes } of share ?? []) {
      const progress = group?.share?.get(topic) ?? [];
      for (let partition = 0; partition < codes.length; partition += 1) {
        columns.shareStart[shared] = progress[partition]?.startOffset ?? 0;
        columns.shareLag[shared++] = progress[partition]?.lagMessages ?? 0;
      }
    }
  }
  return columns;
}

/**
 * What frames say together, in the snapshot's words; frame by frame, and each in the order of its layout. Members are
 * the layout's own objects, the same from sample to sample. This runs for every partition of every sample that an
 * evaluation reads: hence the plain loops.
 */
export function snapshotOf(cluster: string, frames: readonly Frame[]): ClusterSnapshot {
  const topics = new Map<string, readonly (PartitionLog | null)[]>();
  const groups = new Map<string, GroupSnapshot>();
  const failures = new Map<number, ReadFailure>();
  for (const frame of frames) {
    addTopics(topics, frame);
    addGroups(groups, frame);
    for (const { number, failure } of frame.layout.failures) failures.set(number, failure);
  }
  return {
    cluster,
    atMs: frames[0]?.atMs ?? 0,
    topics,
    groups,
    failures: [...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure),
  };
}

function addTopics(to: Map<string, readonly (PartitionLog | null)[]>, { layout, absent, columns }: Frame): void {
  let cell = 0;
  let index = 0;
  for (const { name, codes } of layout.topics) {
    if (!absent.topics.has(index++)) to.set(name, logsOf(columns, cell, codes));
    cell += codes.length;
  }
}

function logsOf(columns: Columns, first: number, codes: Uint8Array): (PartitionLog | null)[] {
  const logs: (PartitionLog | null)[] = [];
  for (let partition = 0; partition < codes.length; partition += 1) {
    logs.push(logOf(columns, first + partition, codes[partition] ?? 0));
  }
  return logs;
}

function logOf({ logStart, logEnd, stable, newest }: Columns, cell: number, code: number): PartitionLog | null {
  if (code === 0) return null;
  const log = { logStartOffset: logStart[cell] ?? 0, logEndOffset: logEnd[cell] ?? 0 };
  if (code === LOG_READ) return log;
  return {
    ...log,
    ...(code & LOG_STABLE ? { lastStableOffset: stable[cell] ?? 0 } : {}),
    ...(code & LOG_NEWEST ? { newestRecordAtMs: newest[cell] ?? 0 } : {}),
    ...(code & LOG_NEWEST_NONE ? { newestRecordAtMs: null } : {}),
  };
}

function addGroups(to: Map<string, GroupSnapshot>, { layout, absent, columns }: Frame): void {
  let commit = 0;
  let shared = 0;
  let index = 0;
  for (const { name, constant, committed, share } of layout.groups) {
    const offsets = new Map<string, readonly (number | null)[]>();
    for (const { topic, codes } of committed) {
      offsets.set(topic, offsetsOf(columns.committed, commit, codes));
      commit += codes.length;
    }
    const group = groupOf(constant, offsets);
    const whole = share === null ? group : { ...group, share: shareOf(share, columns, shared) };
    for (const { codes } of share ?? []) shared += codes.length;
    if (!absent.groups.has(index++)) to.set(name, whole);
  }
}

function offsetsOf(committed: Float64Array, first: number, codes: Uint8Array): readonly (number | null)[] {
  const offsets: number[] = [];
  for (let partition = 0; partition < codes.length; partition += 1) offsets.push(committed[first + partition] ?? 0);
  // Numbers alone stay unboxed: most groups have committed to every partition, or to none.
  return codes.includes(0) ? offsets.map((offset, partition) => (codes[partition] === 0 ? null : offset)) : offsets;
}

/** Spelled out: a spread takes as long as all the rest. */
function groupOf(
  { type, state, members, epochs }: GroupEntry['constant'],
  committed: GroupSnapshot['committed'],
): GroupSnapshot {
  return epochs === undefined ? { type, state, members, committed } : { type, state, members, committed, epochs };
}

function shareOf(
  share: readonly TopicCells[],
  { shareStart, shareLag }: Columns,
  first: number,
): ReadonlyMap<string, readonly (ShareProgress | null)[]> {
  let cell = first;
  const progressOf = (code: number): ShareProgress | null => {
    const at = cell++;
    if ((code & SHARE_START) === 0) return null;
    return { startOffset: shareStart[at] ?? 0, lagMessages: code & SHARE_LAG ? (shareLag[at] ?? 0) : null };
  };
  return new Map(share.map(({ topic, codes }) => [topic, Array.from(codes, progressOf)]));
}
