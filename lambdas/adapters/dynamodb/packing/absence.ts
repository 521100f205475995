import type { BucketPart } from './buckets.ts';
import { type EachRun, eachCommit, eachLog, eachShare, type Run, runsOf } from './cells.ts';
import type { Layout, NamedEntry } from './layout.ts';

/** Which of a layout's entries a frame does not have, by index. */
export interface Absence {
  readonly topics: ReadonlySet<number>;
  readonly groups: ReadonlySet<number>;
}

/** By cell, what a frame has there; 0 is nothing. */
export interface PresentCodes {
  readonly logs: Uint8Array;
  readonly commits: Uint8Array;
  readonly shares: Uint8Array;
}

export function absenceOf({ topics, groups }: BucketPart, layout: Layout): Absence {
  return { topics: missing(layout.topics, topics), groups: missing(layout.groups, groups) };
}

/** The cells' codes, without those of absent entries. */
export function presentCodes(layout: Layout, absent: Absence): PresentCodes {
  const { topics, groups, cells } = layout;
  const noTopic = namesAt(topics, absent.topics);
  const noGroup = namesAt(groups, absent.groups);
  const isAbsent = ({ group, topic }: Run) => (group === null ? noTopic.has(topic) : noGroup.has(group));
  const present = (codes: Uint8Array, each: EachRun, absentees: number): Uint8Array =>
    absentees === 0 ? codes : without(codes, runsOf(each, layout).filter(isAbsent));
  return {
    logs: present(cells.logs, eachLog, noTopic.size),
    commits: present(cells.commits, eachCommit, noGroup.size),
    shares: present(cells.shares, eachShare, noGroup.size),
  };
}

const namesAt = (entries: readonly NamedEntry[], indexes: ReadonlySet<number>): ReadonlySet<string | null> =>
  new Set(Array.from(indexes, (index) => entries[index]?.name ?? null));

function missing(entries: readonly NamedEntry[], present: ReadonlyMap<string, unknown>): ReadonlySet<number> {
  const indexes = new Set<number>();
  if (entries.length === present.size) return indexes;
  for (const [index, { name }] of entries.entries()) if (!present.has(name)) indexes.add(index);
  return indexes;
}

function without(codes: Uint8Array, absent: readonly Run[]): Uint8Array {
  const present = Uint8Array.from(codes);
  for (const { at, length } of absent) present.fill(0, at, at + length);
  return present;
}
