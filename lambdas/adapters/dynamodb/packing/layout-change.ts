import { type ByteReader, byteReader } from '../../../core/bytes/byte-reader.ts';
import { type ByteWriter, byteWriter } from '../../../core/bytes/byte-writer.ts';
import type { Absence } from './absence.ts';
import { parseGroup } from './group-entry.ts';
import { type Layout, layoutWith, type NamedEntry, parseFailure, withTexts } from './layout.ts';
import { parseTopic } from './topic-entry.ts';

/**
 * What a frame's layout is beyond its reference's:
 *
 *     for topics and for groups: texts of the new and changed, then the indexes of the absent as steps
 *     for failures: the indexes of those that are over as steps, then the texts of the new
 *
 * Each list begins with its length.
 */
export function layoutChange(known: Layout, next: Layout, absent: Absence): Uint8Array {
  const writer = byteWriter();
  writeTexts(writer, newEntries(known.topics, next.topics));
  writeIndexes(writer, [...absent.topics]);
  writeTexts(writer, newEntries(known.groups, next.groups));
  writeIndexes(writer, [...absent.groups]);
  const [before, after] = [known.failures, next.failures].map((list) => new Set(list.map(({ text }) => text)));
  writeIndexes(
    writer,
    known.failures.flatMap(({ text }, index) => (after?.has(text) ? [] : [index])),
  );
  writeTexts(
    writer,
    next.failures.filter(({ text }) => !before?.has(text)),
  );
  return writer.finish();
}

export function readLayoutChange(change: Uint8Array, known: Layout): { layout: Layout; absent: Absence } {
  const reader = byteReader(change);
  const topics = withTexts(known.topics, readTexts(reader), parseTopic);
  const absentTopics = readIndexes(reader);
  const groups = withTexts(known.groups, readTexts(reader), parseGroup);
  const absentGroups = readIndexes(reader);
  const over = readIndexes(reader);
  const failures = [...known.failures.filter((_, index) => !over.has(index)), ...readTexts(reader).map(parseFailure)];
  reader.finish();
  const layout = layoutWith(known, { topics, groups, failures: failures.sort((a, b) => a.number - b.number) });
  return { layout, absent: { topics: absentTopics, groups: absentGroups } };
}

function newEntries<T extends NamedEntry>(known: readonly T[], next: readonly T[]): readonly T[] {
  if (known === next) return [];
  const before = new Set(known);
  return next.filter((entry) => !before.has(entry));
}

function writeTexts(writer: ByteWriter, entries: readonly { readonly text: string }[]): void {
  writer.unsigned(entries.length);
  for (const { text } of entries) writer.text(text);
}

function readTexts(reader: ByteReader): string[] {
  return Array.from({ length: reader.unsigned() }, () => reader.text());
}

function writeIndexes(writer: ByteWriter, indexes: readonly number[]): void {
  writer.unsigned(indexes.length);
  for (const [nth, index] of indexes.entries()) writer.unsigned(index - (indexes[nth - 1] ?? 0));
}

function readIndexes(reader: ByteReader): ReadonlySet<number> {
  const indexes = new Set<number>();
  let index = 0;
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    index += reader.unsigned();
    indexes.add(index);
  }
  return indexes;
}
