import type { ReadFailure } from '../../../core/cluster/snapshot.ts';
import type { BucketPart, NumberedFailure } from './buckets.ts';
import { type Cells, cellsOf } from './cells.ts';
import { type GroupEntry, groupText, hasSameCells, parseGroup } from './group-entry.ts';
import { areSameCodes, parseTopic, type TopicEntry, topicText } from './topic-entry.ts';

/**
 * Everything of a bucket that is not an offset, as entries that are texts when packed. From one sample to the next
 * hardly any of them changes, so that a sample holds only those that did.
 *
 * Topics and groups stand in the order of their names: both sides have the same order without telling each other. One
 * that is missing from a reading keeps its place, for it is likely to come back.
 */
export interface Layout {
  readonly topics: readonly TopicEntry[];
  readonly groups: readonly GroupEntry[];
  readonly failures: readonly FailureEntry[];
  /** The same object as long as no cell comes, goes or gets another meaning. */
  readonly cells: Cells;
}

export interface FailureEntry extends NumberedFailure {
  readonly text: string;
}

/** What every topic and every group has. */
export interface NamedEntry {
  readonly name: string;
  readonly text: string;
}

export const EMPTY_LAYOUT: Layout = {
  topics: [],
  groups: [],
  failures: [],
  cells: cellsOf({ topics: [], groups: [] }),
};

/** The layout of a part. What it shares with `known` it takes from there: the same text is the same object. */
export function layoutOf({ topics, groups, failures }: BucketPart, known: Layout): Layout {
  return layoutWith(known, {
    topics: withTexts(known.topics, changedTexts(known.topics, topics, topicText), parseTopic),
    groups: withTexts(known.groups, changedTexts(known.groups, groups, groupText), parseGroup),
    failures: failures.map(({ number, failure }) => ({ number, failure, text: JSON.stringify([number, failure]) })),
  });
}

/** A layout with these entries; with the cells of `known`, if they are still the same. */
export function layoutWith(known: Layout, { topics, groups, failures }: Omit<Layout, 'cells'>): Layout {
  const areSame =
    haveSameCells(topics, known.topics, (a, b) => areSameCodes(a.codes, b.codes)) &&
    haveSameCells(groups, known.groups, hasSameCells);
  return { topics, groups, failures, cells: areSame ? known.cells : cellsOf({ topics, groups }) };
}

/** The entries with those of the texts instead of, or beside, what they have under those names. */
export function withTexts<T extends NamedEntry>(
  known: readonly T[],
  texts: readonly string[],
  parse: (text: string) => T,
): readonly T[] {
  if (texts.length === 0) return known;
  if (known.length === 0) return texts.map(parse).sort(byName);
  const told = new Map(texts.map(parse).map((entry) => [entry.name, entry]));
  const kept = known.map((entry) => told.get(entry.name) ?? entry);
  for (const { name } of known) told.delete(name);
  return told.size === 0 ? kept : [...kept, ...told.values()].sort(byName);
}

const byName = (a: NamedEntry, b: NamedEntry): number => (a.name < b.name ? -1 : 1);

export function parseFailure(text: string): FailureEntry {
  const [number, failure] = JSON.parse(text) as [number, ReadFailure];
  return { text, number, failure };
}

function changedTexts<T>(
  known: readonly NamedEntry[],
  parts: ReadonlyMap<string, T>,
  textOf: (name: string, part: T) => string,
): string[] {
  const knownTexts = new Map(known.map(({ name, text }) => [name, text]));
  return Array.from(parts, ([name, part]) => ({ name, text: textOf(name, part) }))
    .filter(({ name, text }) => knownTexts.get(name) !== text)
    .map(({ text }) => text);
}

const haveSameCells = <T extends NamedEntry>(
  entries: readonly T[],
  known: readonly T[],
  isSame: (entry: T, before: T) => boolean,
): boolean =>
  entries === known ||
  (entries.length === known.length &&
    entries.every((entry, index) => {
      const before = known[index];
      return entry === before || (before !== undefined && entry.name === before.name && isSame(entry, before));
    }));
