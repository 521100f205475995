/** What a new row holds: its numbers of eight bytes, and those of four. */
export interface RowShape {
  readonly numbers: readonly number[];
  readonly smalls: readonly number[];
}

/** Where a row's numbers lie, and where among them it begins. */
export interface Place {
  readonly numbers: Float64Array;
  readonly smalls: Uint32Array;
  readonly numbersAt: number;
  readonly smallsAt: number;
}

/**
 * Gives places to rows, with the numbers of a new one. Many rows share an array: a run remembers millions of numbers,
 * and the garbage collector need not know of any of them.
 */
export interface RowStore {
  /** The place is told anew by each call: to be taken down before the next. */
  take(): Place;
  /** What lies there is not used any more: the next row may. */
  giveBack(place: Place): void;
  /** Makes a row new. */
  clear(place: Place): void;
}

/** So few that a small cluster does not pay for a large one. */
const CHUNK_ROWS = 256;

export function rowStore(shape: RowShape): RowStore {
  const { numbers, smalls } = shape;
  const free: Place[] = [];
  const next: { -readonly [Part in keyof Place]: Place[Part] } = { ...newChunk(shape), numbersAt: 0, smallsAt: 0 };
  let used = 0;

  function takeNext(): Place {
    if (used === CHUNK_ROWS) {
      Object.assign(next, newChunk(shape));
      used = 0;
    }
    next.numbersAt = used * numbers.length;
    next.smallsAt = used * smalls.length;
    used += 1;
    return next;
  }

  function clear(place: Place): void {
    for (let at = 0; at < numbers.length; at++) place.numbers[place.numbersAt + at] = numbers[at] ?? 0;
    for (let at = 0; at < smalls.length; at++) place.smalls[place.smallsAt + at] = smalls[at] ?? 0;
  }

  return {
    take() {
      const place = free.pop();
      // A chunk is made of new rows.
      if (place === undefined) return takeNext();
      clear(place);
      return place;
    },
    giveBack: (place) => {
      const { numbers, smalls, numbersAt, smallsAt } = place;
      free.push({ numbers, smalls, numbersAt, smallsAt });
    },
    clear,
  };
}

const newChunk = ({ numbers, smalls }: RowShape): Pick<Place, 'numbers' | 'smalls'> => ({
  numbers: repeated(new Float64Array(CHUNK_ROWS * numbers.length), numbers),
  smalls: repeated(new Uint32Array(CHUNK_ROWS * smalls.length), smalls),
});

/** Fills it with a row over and over. */
function repeated<T extends Float64Array | Uint32Array>(array: T, row: readonly number[]): T {
  array.set(row);
  for (let filled = row.length; filled < array.length; filled *= 2) array.copyWithin(filled, 0, filled);
  return array;
}
