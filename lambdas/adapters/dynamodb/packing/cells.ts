import type { GroupEntry, TopicCells } from './group-entry.ts';
import { LOG_NEWEST, LOG_STABLE, type TopicEntry } from './topic-entry.ts';

/**
 * Where the offsets of a layout stand in its columns: one cell for each partition of a topic, of a topic that a group
 * has committed to, and of a topic that it shares in, each in the order of the layout.
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

/** The cells of one kind, run by run: a run is a topic, or one topic of a group. */
export interface CellGroup {
  /** By cell, what the entry's codes say about it. */
  readonly codes: Uint8Array;
  readonly runs: readonly Run[];
}

export interface Run {
  /** What tells it from others of its kind. */
  readonly group: string | null;
  readonly topic: string;
  /** Its first cell, and how many there are. */
  readonly at: number;
  readonly length: number;
}

export function cellsOf(topics: readonly TopicEntry[], groups: readonly GroupEntry[]): Cells {
  const logs = cellGroup(topics.map(({ name, codes }) => ({ group: null, topic: name, codes })));
  const commits = cellGroup(groups.flatMap(({ name, committed }) => within(name, committed)));
  return {
    logs,
    commits,
    shares: cellGroup(groups.flatMap(({ name, share }) => within(name, share ?? []))),
    logOfCommit: logOfCommit(logs, commits),
    hasStable: logs.codes.some((code) => (code & LOG_STABLE) !== 0),
    hasNewest: logs.codes.some((code) => (code & LOG_NEWEST) !== 0),
  };
}

/** Finds the run of a group and topic. */
export function runFinder(runs: readonly Run[]): (group: string | null, topic: string) => Run | undefined {
  const byGroup = new Map<string | null, Map<string, Run>>();
  for (const run of runs) {
    const ofGroup = byGroup.get(run.group) ?? new Map<string, Run>();
    byGroup.set(run.group, ofGroup.set(run.topic, run));
  }
  return (group, topic) => byGroup.get(group)?.get(topic);
}

type CodedRun = TopicCells & { readonly group: string | null };

const within = (group: string, cells: readonly TopicCells[]): CodedRun[] => cells.map((each) => ({ group, ...each }));

function cellGroup(coded: readonly CodedRun[]): CellGroup {
  let length = 0;
  for (const { codes } of coded) length += codes.length;
  const all = new Uint8Array(length);
  let at = 0;
  const runs = coded.map(({ group, topic, codes }): Run => {
    all.set(codes, at);
    at += codes.length;
    return { group, topic, at: at - codes.length, length: codes.length };
  });
  return { codes: all, runs };
}

function logOfCommit(logs: CellGroup, commits: CellGroup): Int32Array {
  const logOf = new Int32Array(commits.codes.length).fill(-1);
  const find = runFinder(logs.runs);
  for (const { topic, at, length } of commits.runs) {
    const log = find(null, topic);
    for (let nth = 0; log !== undefined && nth < Math.min(length, log.length); nth += 1) logOf[at + nth] = log.at + nth;
  }
  return logOf;
}
