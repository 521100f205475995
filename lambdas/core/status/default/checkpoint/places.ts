import type { NumberSource } from '../../../bytes/column-reader.ts';
import type { NumberColumn } from '../../../bytes/column-writer.ts';

/** The place of what a list does not have. */
export const NOWHERE = -1;

/**
 * Writes places in a list: each as its distance from the one after the last that was found, which is next to nothing for
 * what is told in the list's order.
 */
export interface PlaceWriter {
  /** Where the next one is expected. */
  expected(): number;
  put(place: number): void;
  /** Goes on with another list. */
  restart(): void;
}

export interface PlaceReader {
  take(): number;
  /** Goes on with another list. */
  restart(): void;
}

export function placeWriter(column: NumberColumn): PlaceWriter {
  let expected = 0;
  return {
    expected: () => expected,
    put(place) {
      column.put(place + 1, expected + 1);
      if (place !== NOWHERE) expected = place + 1;
    },
    restart() {
      expected = 0;
    },
  };
}

/** The opposite. */
export function placeReader(column: NumberSource): PlaceReader {
  let expected = 0;
  return {
    take() {
      const place = column.take(expected + 1) - 1;
      if (place !== NOWHERE) expected = place + 1;
      return place;
    },
    restart() {
      expected = 0;
    },
  };
}
