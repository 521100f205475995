import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import { NOWHERE, placeReader, placeWriter } from './places.ts';

/**
 * Writes texts of which the reader knows many, in the same order: such a one is told by its place, which is next to
 * nothing where known ones follow each other as they do in the list.
 */
export function textWriter(columns: ColumnWriter, name: string, known: readonly string[]): (text: string) => void {
  const places = placeWriter(columns.column(name));
  const placeOf = placesIn(known);
  return (text) => {
    const place = placeOf(text, places.expected());
    places.put(place);
    if (place === NOWHERE) columns.text(text);
  };
}

/** The opposite. */
export function textReader(columns: ColumnReader, name: string, known: readonly string[]): () => string {
  const places = placeReader(columns.column(name));
  return () => {
    const place = places.take();
    if (place === NOWHERE) return columns.text();
    const text = known[place];
    if (text === undefined) throw corrupt('names a text that is not known');
    return text;
  };
}

/** Looks where it is expected first: a map of all is made only for those that are elsewhere. */
function placesIn(texts: readonly string[]): (text: string, expected: number) => number {
  let places: Map<string, number> | null = null;
  return (text, expected) => {
    if (texts[expected] === text) return expected;
    places ??= new Map(texts.map((one, place) => [one, place]));
    return places.get(text) ?? NOWHERE;
  };
}
