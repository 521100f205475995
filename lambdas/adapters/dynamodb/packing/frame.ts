import type { GroupSnapshot, ShareProgress } from '../../../core/cluster/group.ts';
import type { PartitionLog } from '../../../core/cluster/snapshot.ts';
import type { BucketPart } from './buckets.ts';
import { runKey } from './cells.ts';
import { type Columns, emptyColumns, type Frame } from './columns.ts';
import { COMMITTED, type GroupEntry, SHARE_LAG, SHARE_START, type TopicCells } from './group-entry.ts';
import type { Layout } from './layout.ts';
import { LOG_NEWEST, LOG_NEWEST_NONE, LOG_READ, LOG_STABLE, type TopicEntry } from './topic-entry.ts';

/** The offsets of a bucket's part, where the layout has them. Cells without a value are 0. */
export function columnsOf({ topics, groups }: BucketPart, { cells, ...layout }: Layout): Columns {
  const columns = emptyColumns(cells);
  let cell = 0;
  for (const { name } of layout.topics) {
    for (const log of topics.get(name) ?? []) {
      columns.logStart[cell] = log?.logStartOffset ?? 0;
      columns.logEnd[cell] = log?.logEndOffset ?? 0;
      if (cells.hasStable) columns.stable[cell] = log?.lastStableOffset ?? 0;
      if (cells.hasNewest) columns.newest[cell] = log?.newestRecordAtMs ?? 0;
      cell += 1;
    }
  }
  let commit = 0;
  let shared = 0;
  for (const { name, committed, share } of layout.groups) {
    const group = groups.get(name);
    for (const { topic } of committed) {
      for (const offset of group?.committed.get(topic) ?? []) columns.committed[commit++] = offset ?? 0;
    }
    for (const { topic } of share ?? []) {
      for (const progress of group?.share?.get(topic) ?? []) {
        columns.shareStart[shared] = progress?.startOffset ?? 0;
        columns.shareLag[shared++] = progress?.lagMessages ?? 0;
      }
    }
  }
  return columns;
}

/** What a frame says, in the snapshot's words. Members are the layout's own objects, the same from sample to sample. */
export function partOf({ atMs, layout, columns }: Frame): BucketPart {
  return {
    atMs,
    topics: new Map(layout.topics.map((topic) => [topic.name, logsOf(topic, layout, columns)])),
    groups: new Map(layout.groups.map((group) => [group.name, groupOf(group, layout, columns)])),
    failures: layout.failures,
  };
}

function logsOf({ name, codes }: TopicEntry, { cells }: Layout, columns: Columns): (PartitionLog | null)[] {
  const first = cells.logs.runs.get(runKey(name))?.at ?? 0;
  return Array.from(codes, (code, partition) => (code === 0 ? null : logOf(columns, first + partition, code)));
}

function logOf({ logStart, logEnd, stable, newest }: Columns, cell: number, code: number): PartitionLog {
  const log = { logStartOffset: logStart[cell] ?? 0, logEndOffset: logEnd[cell] ?? 0 };
  if (code === LOG_READ) return log;
  return {
    ...log,
    ...(code & LOG_STABLE ? { lastStableOffset: stable[cell] ?? 0 } : {}),
    ...(code & LOG_NEWEST ? { newestRecordAtMs: newest[cell] ?? 0 } : {}),
    ...(code & LOG_NEWEST_NONE ? { newestRecordAtMs: null } : {}),
  };
}

function groupOf({ name, constant, committed, share }: GroupEntry, { cells }: Layout, columns: Columns): GroupSnapshot {
  const group = {
    ...constant,
    committed: byTopic(name, committed, cells.commits.runs, (cell, code) =>
      code & COMMITTED ? (columns.committed[cell] ?? 0) : null,
    ),
  };
  if (share === null) return group;
  return { ...group, share: byTopic(name, share, cells.shares.runs, (cell, code) => progressOf(columns, cell, code)) };
}

function progressOf({ shareStart, shareLag }: Columns, cell: number, code: number): ShareProgress | null {
  if ((code & SHARE_START) === 0) return null;
  return { startOffset: shareStart[cell] ?? 0, lagMessages: code & SHARE_LAG ? (shareLag[cell] ?? 0) : null };
}

const byTopic = <T>(
  group: string,
  topics: readonly TopicCells[],
  runs: ReadonlyMap<string, { readonly at: number }>,
  value: (cell: number, code: number) => T,
): ReadonlyMap<string, readonly T[]> =>
  new Map(
    topics.map(({ topic, codes }) => {
      const first = runs.get(runKey(group, topic))?.at ?? 0;
      return [topic, Array.from(codes, (code, partition) => value(first + partition, code))];
    }),
  );
