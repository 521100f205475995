import type { BucketPart } from './buckets.ts';
import type { Cells } from './cells.ts';
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
export function presentCodes({ topics, groups, cells }: Layout, absent: Absence): PresentCodes {
  const noTopic = namesAt(topics, absent.topics);
  const noGroup = namesAt(groups, absent.groups);
  return {
    logs: noTopic.size === 0 ? cells.logs.codes : without(cells.logs, ({ topic }) => noTopic.has(topic)),
    commits: noGroup.size === 0 ? cells.commits.codes : without(cells.commits, ({ group }) => noGroup.has(group)),
    shares: noGroup.size === 0 ? cells.shares.codes : without(cells.shares, ({ group }) => noGroup.has(group)),
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

type CellGroup = Cells['logs'];

function without({ codes, runs }: CellGroup, isAbsent: (run: CellGroup['runs'][number]) => boolean): Uint8Array {
  const present = Uint8Array.from(codes);
  for (const run of runs) if (isAbsent(run)) present.fill(0, run.at, run.at + run.length);
  return present;
}
