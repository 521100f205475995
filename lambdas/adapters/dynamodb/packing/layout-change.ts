import { type ByteReader, byteReader } from '../../../core/bytes/byte-reader.ts';
import { type ByteWriter, byteWriter } from '../../../core/bytes/byte-writer.ts';
import { corrupt } from '../../../core/bytes/corrupt.ts';
import type { Absence } from './absence.ts';
import { expanded, squeezed } from './compression.ts';
import { parseGroup } from './group-entry.ts';
import { type Layout, layoutWith, type NamedEntry, parseFailure, withTexts } from './layout.ts';
import { parseTopic } from './topic-entry.ts';

/**
 * What a frame's layout is beyond its reference's:
 *
 *     the indexes of the groups that are told anew, as steps; then, squeezed, with what was known of them as dictionary:
 *     for topics and for groups: texts of the new and changed, then the indexes of the absent as steps
 *     for failures: the indexes of those that are over as steps, then the texts of the new
 *
 * Each list begins with its length. A group whose members changed repeats nearly all of what it was.
 */
export function writeLayoutChange(writer: ByteWriter, known: Layout, next: Layout, absent: Absence): void {
  const changed = changedIndexes(known.groups, next.groups);
  writeIndexes(writer, changed);
  writer.block(squeezed(changeOf(known, next, absent), () => textsAt(known.groups, changed)));
}

export function readLayoutChange(reader: ByteReader, known: Layout): { layout: Layout; absent: Absence } {
  const changed = readIndexes(reader);
  return appliedChange(
    expanded(reader.block(), () => textsAt(known.groups, changed)),
    known,
  );
}

function changeOf(known: Layout, next: Layout, absent: Absence): Uint8Array {
  const writer = byteWriter();
  writeTexts(writer, newEntries(known.topics, next.topics));
  writeIndexes(writer, absent.topics);
  writeTexts(writer, newEntries(known.groups, next.groups));
  writeIndexes(writer, absent.groups);
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

function appliedChange(change: Uint8Array, known: Layout): { layout: Layout; absent: Absence } {
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

/** Of the known groups, those that are not the same in the next layout. None is ever gone from it. */
function changedIndexes(known: Layout['groups'], next: Layout['groups']): number[] {
  if (known === next) return [];
  const kept = new Set(next);
  return known.flatMap((entry, index) => (kept.has(entry) ? [] : [index]));
}

/** Throws STORE_CORRUPT for an index beyond them. */
function textsAt(groups: Layout['groups'], indexes: Iterable<number>): Uint8Array {
  const texts = Array.from(indexes, (index) => {
    const entry = groups[index];
    if (entry === undefined) throw corrupt('changes a group that its reference lacks');
    return entry.text;
  });
  return Buffer.from(texts.join('\n'));
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

function writeIndexes(writer: ByteWriter, indexes: Iterable<number>): void {
  const ascending = [...indexes];
  writer.unsigned(ascending.length);
  for (const [nth, index] of ascending.entries()) writer.unsigned(index - (ascending[nth - 1] ?? 0));
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
