import type { ReadFailure } from '../../../core/cluster/snapshot.ts';
import type { BucketPart, NumberedFailure } from './buckets.ts';
import { type Cells, cellsOf } from './cells.ts';
import { type GroupEntry, groupText, parseGroup } from './group-entry.ts';
import { parseTopic, type TopicEntry, topicText } from './topic-entry.ts';

/**
 * Everything of a bucket that is not an offset, as texts: one for each topic, group and failure, in order. From one
 * sample to the next hardly any of them changes, so that a sample holds only those that did.
 */
export interface Layout {
  /** Sorted, so that both sides have the same order without telling each other. */
  readonly texts: readonly string[];
  readonly topics: readonly TopicEntry[];
  readonly groups: readonly GroupEntry[];
  readonly failures: readonly NumberedFailure[];
  readonly cells: Cells;
}

/** What a text is about stands in its first character. */
const KINDS = { topic: 'T', group: 'G', failure: 'X' } as const;

export const EMPTY_LAYOUT: Layout = { texts: [], topics: [], groups: [], failures: [], cells: cellsOf([], []) };

export function textsOf({ topics, groups, failures }: BucketPart): string[] {
  return [
    ...Array.from(topics, ([name, logs]) => KINDS.topic + topicText(name, logs)),
    ...Array.from(groups, ([name, group]) => KINDS.group + groupText(name, group)),
    ...failures.map(({ number, failure }) => KINDS.failure + JSON.stringify([number, failure])),
  ].sort();
}

/** The layout of sorted texts. What it shares with `known` it takes from there: the same text is the same object. */
export function layoutOf(texts: readonly string[], known: Layout = EMPTY_LAYOUT): Layout {
  if (texts.length === known.texts.length && texts.every((text, index) => text === known.texts[index])) return known;
  const topics = entriesOf(texts, KINDS.topic, parseTopic, knownEntries(known, KINDS.topic, known.topics));
  const groups = entriesOf(texts, KINDS.group, parseGroup, knownEntries(known, KINDS.group, known.groups));
  const failures = entriesOf(texts, KINDS.failure, parseFailure, new Map());
  return { texts, topics, groups, failures, cells: cellsOf(topics, groups) };
}

function entriesOf<T>(
  texts: readonly string[],
  kind: string,
  parse: (text: string) => T,
  known: ReadonlyMap<string, T>,
): readonly T[] {
  return texts.filter((text) => text.startsWith(kind)).map((text) => known.get(text) ?? parse(text.slice(1)));
}

function knownEntries<T>({ texts }: Layout, kind: string, entries: readonly T[]): ReadonlyMap<string, T> {
  const ofKind = texts.filter((text) => text.startsWith(kind));
  return new Map(
    ofKind.flatMap((text, index) => entries.slice(index, index + 1).map((entry) => [text, entry] as const)),
  );
}

function parseFailure(text: string): NumberedFailure {
  const [number, failure] = JSON.parse(text) as [number, ReadFailure];
  return { number, failure };
}
