import type { GroupEntry, TopicCells } from './group-entry.ts';
import { LOG_NEWEST, LOG_STABLE, type TopicEntry } from './topic-entry.ts';

/**
 * Where the offsets of a layout stand in its columns: one cell for each partition of a topic, of a topic that a group
 * has committed to, and of a topic that it shares in.
 */
export interface Cells {
  readonly logs: CellGroup;
  readonly commits: CellGroup;
  readonly shares: CellGroup;
  /** By commit cell, the log cell of the same partition; -1 where the topic is not in this bucket. */
  readonly logOfCommit: Int32Array;
  readonly hasStable: boolean;
  readonly hasNewest: boolean;
}

/** The cells of one kind, run by run. */
export interface CellGroup {
  /** By cell, what the entry's codes say about it. */
  readonly codes: Uint8Array;
  /** By run (a topic, or one topic of a group), where it begins and how long it is. */
  readonly runs: ReadonlyMap<string, Run>;
}

export interface Run {
  readonly at: number;
  readonly length: number;
}

/** Names a run. JSON, since names may hold any character. */
export const runKey = (...names: readonly string[]): string => JSON.stringify(names);

export function cellsOf(topics: readonly TopicEntry[], groups: readonly GroupEntry[]): Cells {
  const logs = cellGroup(topics.map(({ name, codes }) => ({ key: runKey(name), codes })));
  const commits = cellGroup(groups.flatMap(({ name, committed }) => runsOf(name, committed)));
  return {
    logs,
    commits,
    shares: cellGroup(groups.flatMap(({ name, share }) => runsOf(name, share ?? []))),
    logOfCommit: logOfCommit(groups, logs, commits.codes.length),
    hasStable: logs.codes.some((code) => (code & LOG_STABLE) !== 0),
    hasNewest: logs.codes.some((code) => (code & LOG_NEWEST) !== 0),
  };
}

const runsOf = (group: string, cells: readonly TopicCells[]) =>
  cells.map(({ topic, codes }) => ({ key: runKey(group, topic), codes }));

function cellGroup(entries: readonly { readonly key: string; readonly codes: Uint8Array }[]): CellGroup {
  const codes = new Uint8Array(entries.reduce((sum, entry) => sum + entry.codes.length, 0));
  const runs = new Map<string, Run>();
  let at = 0;
  for (const entry of entries) {
    codes.set(entry.codes, at);
    runs.set(entry.key, { at, length: entry.codes.length });
    at += entry.codes.length;
  }
  return { codes, runs };
}

function logOfCommit(groups: readonly GroupEntry[], { runs }: CellGroup, cells: number): Int32Array {
  const logOf = new Int32Array(cells).fill(-1);
  let at = 0;
  for (const { topic, codes } of groups.flatMap(({ committed }) => committed)) {
    const log = runs.get(runKey(topic));
    const shared = Math.min(codes.length, log?.length ?? 0);
    for (let partition = 0; log !== undefined && partition < shared; partition += 1) {
      logOf[at + partition] = log.at + partition;
    }
    at += codes.length;
  }
  return logOf;
}
