import type { GroupEntry } from './group-entry.ts';
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
  const [logs, commits, shares] = [cellCollector(), cellCollector(), cellCollector()];
  for (const { name, codes } of topics) logs.add(null, name, codes);
  for (const { name, committed, share } of groups) {
    for (const { topic, codes } of committed) commits.add(name, topic, codes);
    for (const { topic, codes } of share ?? []) shares.add(name, topic, codes);
  }
  const [logCells, commitCells] = [logs.finish(), commits.finish()];
  return {
    logs: logCells,
    commits: commitCells,
    shares: shares.finish(),
    logOfCommit: logOfCommit(logCells, commitCells),
    hasStable: logCells.codes.some((code) => (code & LOG_STABLE) !== 0),
    hasNewest: logCells.codes.some((code) => (code & LOG_NEWEST) !== 0),
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

function cellCollector() {
  const runs: Run[] = [];
  const codesOfRuns: Uint8Array[] = [];
  let length = 0;
  return {
    add(group: string | null, topic: string, codes: Uint8Array): void {
      runs.push({ group, topic, at: length, length: codes.length });
      codesOfRuns.push(codes);
      length += codes.length;
    },
    finish(): CellGroup {
      const codes = new Uint8Array(length);
      for (const [nth, { at }] of runs.entries()) codes.set(codesOfRuns[nth] ?? [], at);
      return { codes, runs };
    },
  };
}

function logOfCommit(logs: CellGroup, commits: CellGroup): Int32Array {
  const logOf = new Int32Array(commits.codes.length).fill(-1);
  const logRuns = new Map(logs.runs.map((run) => [run.topic, run]));
  for (const { topic, at, length } of commits.runs) {
    const log = logRuns.get(topic);
    for (let nth = 0; log !== undefined && nth < Math.min(length, log.length); nth += 1) logOf[at + nth] = log.at + nth;
  }
  return logOf;
}
