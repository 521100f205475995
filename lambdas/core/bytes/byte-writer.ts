/** Writes the packed form: whole numbers in few bytes, and text. Its mirror is `byteReader`. */
export interface ByteWriter {
  /** A whole number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  unsigned(value: number): void;
  /** Any safe integer, as its distance from a prediction that the reader makes too: near ones take one byte. */
  near(value: number, prediction: number): void;
  /**
   * A column's values, each as its distance from what is expected. Cells whose code lacks the bit have no value and
   * write nothing; they take on what is expected.
   */
  nearColumn(values: Float64Array, expected: Float64Array, where: CellsWith): void;
  /** Any double, whatever it is; a whole number that is near its prediction takes one byte. */
  real(value: number, prediction: number): void;
  /** The same for so many of these, each with a prediction of its own. */
  reals(values: Float64Array, predictions: Float64Array, count: number): void;
  /** So many whole numbers below 2^32. */
  counts(values: Uint32Array, count: number): void;
  text(value: string): void;
  raw(value: Uint8Array): void;
  /** Bytes, and before them how many. */
  block(value: Uint8Array): void;
  /** All that was written. The writer is used up. */
  finish(): Uint8Array;
}

/** The cells whose code has a bit. */
export interface CellsWith {
  readonly codes: Uint8Array;
  readonly bit: number;
}

/** Beyond this distance a double could not tell neighbours apart; such values are written whole. */
export const NEAR_MAX = 2 ** 51;

const FAR = 0;

/** How a double that is no distance begins. */
export const REAL = { notANumber: 0, whole: 1, distance: 2 } as const;

const SHIFTABLE_MAX = 2 ** 28;

/** Distances nearer to 0 than this take two bytes at most. */
const SHORT = 2 ** 13 - 1;

/** Bytes of the longest number. */
const LONGEST = 9;

/** @param sizeBytes about as much as is going to be written: a large writer need not grow then */
export function byteWriter(sizeBytes = 4_096): ByteWriter {
  let bytes = Buffer.allocUnsafe(sizeBytes);
  let length = 0;

  function reserve(more: number): void {
    if (length + more <= bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + more));
    bytes.copy(grown, 0, 0, length);
    bytes = grown;
  }

  function unsigned(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) throw new Error(`invariant: ${value} is no whole number`);
    reserve(8);
    let rest = value;
    while (rest >= SHIFTABLE_MAX) {
      bytes[length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      bytes[length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[length++] = rest;
  }

  function raw(value: Uint8Array): void {
    reserve(value.length);
    bytes.set(value, length);
    length += value.length;
  }

  function near(value: number, prediction: number): void {
    const distance = value - prediction;
    if (Math.abs(distance) <= NEAR_MAX) {
      unsigned(1 + (distance >= 0 ? distance * 2 : distance * -2 - 1));
      return;
    }
    if (!Number.isSafeInteger(value)) throw new Error(`invariant: ${value} is no safe integer`);
    unsigned(FAR);
    unsigned(value < 0 ? 1 : 0);
    unsigned(Math.abs(value));
  }

  function real(value: number, prediction: number): void {
    const distance = value - prediction;
    if (Number.isSafeInteger(distance) && Math.abs(distance) <= NEAR_MAX && leadsBack(value, prediction)) {
      unsigned(REAL.distance + (distance >= 0 ? distance * 2 : distance * -2 - 1));
    } else if (Number.isNaN(value)) {
      unsigned(REAL.notANumber);
    } else {
      unsigned(REAL.whole);
      reserve(8);
      length = bytes.writeDoubleLE(value, length);
    }
  }

  return {
    unsigned,
    near,
    nearColumn(values, expected, { codes, bit }) {
      for (let cell = 0; cell < values.length; cell += 1) {
        const prediction = expected[cell] ?? 0;
        if (((codes[cell] ?? 0) & bit) !== 0) near(values[cell] ?? 0, prediction);
        else values[cell] = prediction;
      }
    },
    real,
    reals(values, predictions, count) {
      reserve(LONGEST * count);
      for (let index = 0; index < count; index += 1) {
        const value = values[index] ?? 0;
        const prediction = predictions[index] ?? 0;
        const distance = value - prediction;
        // A checkpoint has millions of these: most are a byte or two, and take no call.
        if (distance > -SHORT && distance < SHORT && (distance | 0) === distance && leadsBack(value, prediction)) {
          const code = REAL.distance + ((distance << 1) ^ (distance >> 31));
          if (code < 128) {
            bytes[length++] = code;
          } else {
            bytes[length++] = (code & 127) | 128;
            bytes[length++] = code >> 7;
          }
        } else {
          real(value, prediction);
        }
      }
    },
    counts(values, count) {
      for (let index = 0; index < count; index += 1) unsigned(values[index] ?? 0);
    },
    text(value) {
      const size = Buffer.byteLength(value);
      unsigned(size);
      reserve(size);
      length += bytes.write(value, length);
    },
    raw,
    block(value) {
      unsigned(value.length);
      raw(value);
    },
    finish: () => bytes.subarray(0, length),
  };
}

/** The reader gets it back exactly: value and prediction may be fractions, or too large to add up. */
const leadsBack = (value: number, prediction: number): boolean =>
  prediction + (value - prediction) === value && !Object.is(value, -0);
