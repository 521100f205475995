/** A JSON object, its keys not looked at yet. Own keys only: `__proto__` is one of them when the text has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Offsets, counts and times: whole, not negative, and exact in a double. */
export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What `isWhole` accepts, for messages. */
export const WHOLE = `a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;

/** The object with these entries. `__proto__` becomes a key like any other, which an assignment would not give. */
export function objectOf<T, U>(map: ReadonlyMap<string, T>, render: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, render(value)]));
}
