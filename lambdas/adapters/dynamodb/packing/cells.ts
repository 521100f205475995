import type { GroupEntry } from './group-entry.ts';
import { LOG_NEWEST, LOG_STABLE, type TopicEntry } from './topic-entry.ts';

/** What the cells are the cells of. */
export interface Entries {
  readonly topics: readonly TopicEntry[];
  readonly groups: readonly GroupEntry[];
}

/**
 * Where the offsets of a layout stand in its columns: one cell for each partition of a topic, of a topic that a group
 * has committed to, and of a topic that it shares in, each in the order of the layout. Of each what the codes say.
 */
export interface Cells {
  readonly logs: Uint8Array;
  readonly commits: Uint8Array;
  readonly shares: Uint8Array;
  /** By commit cell, the log cell of the same partition; -1 where the topic is not in this bucket. */
  readonly logOfCommit: Int32Array;
  readonly hasStable: boolean;
  readonly hasNewest: boolean;
}

/** The cells of a topic, or of one topic of a group. */
export interface Run {
  /** What tells it from others of its kind. */
  readonly group: string | null;
  readonly topic: string;
  /** Its first cell, and how many there are. */
  readonly at: number;
  readonly length: number;
}

export function cellsOf(entries: Entries): Cells {
  const logs = codesOf(eachLog, entries);
  const commits = codesOf(eachCommit, entries);
  return {
    logs,
    commits,
    shares: codesOf(eachShare, entries),
    logOfCommit: logOfCommit(entries, commits.length),
    hasStable: hasBit(logs, LOG_STABLE),
    hasNewest: hasBit(logs, LOG_NEWEST),
  };
}

type Visit = (group: string | null, topic: string, codes: Uint8Array) => void;

/** Visits the runs of one kind of cells in their order. */
export type EachRun = (entries: Entries, visit: Visit) => void;

export const eachLog: EachRun = ({ topics }, visit) => {
  for (const { name, codes } of topics) visit(null, name, codes);
};

export const eachCommit: EachRun = ({ groups }, visit) => {
  for (const { name, committed } of groups) for (const { topic, codes } of committed) visit(name, topic, codes);
};

export const eachShare: EachRun = ({ groups }, visit) => {
  for (const { name, share } of groups) for (const { topic, codes } of share ?? []) visit(name, topic, codes);
};

/** Made anew each time: only cells that come or go need them, and there are too many to keep. */
export function runsOf(each: EachRun, entries: Entries): readonly Run[] {
  const runs: Run[] = [];
  let at = 0;
  each(entries, (group, topic, { length }) => {
    runs.push({ group, topic, at, length });
    at += length;
  });
  return runs;
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

function codesOf(each: EachRun, entries: Entries): Uint8Array {
  let length = 0;
  each(entries, (_group, _topic, codes) => {
    length += codes.length;
  });
  const all = new Uint8Array(length);
  let at = 0;
  each(entries, (_group, _topic, codes) => {
    all.set(codes, at);
    at += codes.length;
  });
  return all;
}

function logOfCommit({ topics, groups }: Entries, commits: number): Int32Array {
  const logOf = new Int32Array(commits).fill(-1);
  const placeOf = new Map<string, number>();
  const firstCells = new Int32Array(topics.length + 1);
  for (const [place, { name, codes }] of topics.entries()) {
    placeOf.set(name, place);
    firstCells[place + 1] = (firstCells[place] ?? 0) + codes.length;
  }
  let at = 0;
  for (const { committed } of groups) {
    for (const { topic, codes } of committed) {
      const place = placeOf.get(topic);
      const first = firstCells[place ?? 0] ?? 0;
      const known = place === undefined ? 0 : (firstCells[place + 1] ?? 0) - first;
      for (let nth = 0; nth < Math.min(codes.length, known); nth += 1) logOf[at + nth] = first + nth;
      at += codes.length;
    }
  }
  return logOf;
}

function hasBit(codes: Uint8Array, bit: number): boolean {
  for (const code of codes) if ((code & bit) !== 0) return true;
  return false;
}
