import type { JsonValue } from '../json-value.ts';

/** A whole number in a checkpoint that is JSON inside. What these functions throw says what is wrong with one. */
export function whole(value: JsonValue | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unexpected(value, 'a whole number');
}

export function text(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  throw unexpected(value, 'text');
}

export function listOf<T>(value: JsonValue | undefined, parse: (item: JsonValue | undefined) => T): T[] {
  if (!isList(value)) throw unexpected(value, 'a list');
  return value.map(parse);
}

export function pairOf<A, B>(
  value: JsonValue | undefined,
  first: (item: JsonValue | undefined) => A,
  second: (item: JsonValue | undefined) => B,
): readonly [A, B] {
  const [a, b] = listOf(value, (item) => item);
  return [first(a), second(b)];
}

/** Each value less the one before it; the first stays. */
export function differences(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}

/** The opposite of `differences`. */
export function sums(value: JsonValue | undefined): number[] {
  let sum = 0;
  return listOf(value, (difference) => {
    sum += whole(difference);
    return sum;
  });
}

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const unexpected = (value: JsonValue | undefined, expected: string): TypeError =>
  new TypeError(`${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'} instead of ${expected}`);
