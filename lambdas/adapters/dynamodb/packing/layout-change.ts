import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { type Layout, layoutOf } from './layout.ts';

/**
 * Writes what changed from one layout to the next, as sorted texts:
 *
 *     removed: count, then the index of each in `known`, as steps
 *     added:   count, then each text
 */
export function writeLayoutChange(writer: ByteWriter, known: Layout, next: Layout): void {
  const [before, after] = [new Set(known.texts), new Set(next.texts)];
  const same = known === next;
  const removed = same ? [] : known.texts.flatMap((text, index) => (after.has(text) ? [] : [index]));
  const added = same ? [] : next.texts.filter((text) => !before.has(text));
  writer.unsigned(removed.length);
  for (const [nth, index] of removed.entries()) writer.unsigned(index - (removed[nth - 1] ?? 0));
  writer.unsigned(added.length);
  for (const text of added) writer.text(text);
}

export function readLayoutChange(reader: ByteReader, known: Layout): Layout {
  const removed = new Set<number>();
  let index = 0;
  for (let left = reader.unsigned(); left > 0; left -= 1) {
    index += reader.unsigned();
    removed.add(index);
  }
  const added: string[] = [];
  for (let left = reader.unsigned(); left > 0; left -= 1) added.push(reader.text());
  if (removed.size === 0 && added.length === 0) return known;
  const texts = [...known.texts.filter((_, nth) => !removed.has(nth)), ...added].sort();
  return layoutOf(texts, known);
}
