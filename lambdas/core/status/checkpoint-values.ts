import { SluicegateError } from '../errors.ts';
import type { Checkpoint, RulesetName } from './ruleset.ts';

/** Turns whatever these functions find wrong into STORE_CORRUPT. */
export function parsing<T>(ruleset: RulesetName, parse: () => T): T {
  try {
    return parse();
  } catch (cause: unknown) {
    if (!(cause instanceof TypeError)) throw cause;
    const message = `the stored checkpoint is not one of the ruleset "${ruleset}": ${cause.message}; delete it to start anew`;
    throw new SluicegateError('STORE_CORRUPT', message, { cause });
  }
}

export function whole(value: Checkpoint | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unexpected(value, 'a whole number');
}

export function text(value: Checkpoint | undefined): string {
  if (typeof value === 'string') return value;
  throw unexpected(value, 'text');
}

export function listOf<T>(value: Checkpoint | undefined, parse: (item: Checkpoint | undefined) => T): T[] {
  if (!isList(value)) throw unexpected(value, 'a list');
  return value.map(parse);
}

export function pairOf<A, B>(
  value: Checkpoint | undefined,
  first: (item: Checkpoint | undefined) => A,
  second: (item: Checkpoint | undefined) => B,
): readonly [A, B] {
  const [a, b] = listOf(value, (item) => item);
  return [first(a), second(b)];
}

/** Each value less the one before it; the first stays. */
export function differences(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}

/** The opposite of `differences`. */
export function sums(value: Checkpoint | undefined): number[] {
  let sum = 0;
  return listOf(value, (difference) => {
    sum += whole(difference);
    return sum;
  });
}

const isList = (value: Checkpoint | undefined): value is readonly Checkpoint[] => Array.isArray(value);

const unexpected = (value: Checkpoint | undefined, expected: string): TypeError =>
  new TypeError(`${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'} instead of ${expected}`);
