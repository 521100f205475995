import fc from 'fast-check';
import { HOSTILE_NAMES } from './hostile-names.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const LARGE = 'x'.repeat(100_000);

/** What nobody would put there: other types, extremes, names of an object's own, texts that do something elsewhere. */
const ANYTHING_ELSE: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Json>(null, true, -1, 1e308, '', '\u0000', LARGE, [], {}, [[[]]]) },
  { weight: 2, arbitrary: fc.constantFrom<Json>('null', '{', '[]', '{"a":', '"', '(', '(a+)+$', '9'.repeat(400)) },
  { weight: 2, arbitrary: fc.constantFrom<Json>(...HOSTILE_NAMES.map(({ name }) => name)) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json> },
);

const KEYS = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'length', '', 'token', 'action');

/** JSON of a sound value in which up to three things were replaced, taken away or added, at any depth. */
export const mutatedJson = (whole: unknown): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'add'), ANYTHING_ELSE, KEYS), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce((text, change) => changed(text, change), JSON.stringify(whole)));

function changed(text: string, [at, how, value, key]: readonly [number, string, Json, string]): string {
  let left = at % Math.max(1, placesIn(JSON.parse(text)));
  const walk = (json: Json): string => {
    const isIt = left === 0;
    left -= 1;
    if (isIt && how === 'replace') return JSON.stringify(value);
    if (Array.isArray(json)) {
      const items = json.map(walk);
      return `[${(isIt && how === 'add' ? [...items, JSON.stringify(value)] : items).join(',')}]`;
    }
    if (typeof json !== 'object' || json === null) return JSON.stringify(json);
    const pairs = Object.entries(json).map(([name, one]) => `${JSON.stringify(name)}:${walk(one)}`);
    if (isIt && how === 'remove') pairs.splice(at % Math.max(1, pairs.length), 1);
    // As text, since that is the only way to a key of its own called __proto__, and to one that comes twice.
    if (isIt && how === 'add') pairs.push(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
    return `{${pairs.join(',')}}`;
  };
  return walk(JSON.parse(text));
}

const placesIn = (json: Json): number =>
  typeof json === 'object' && json !== null
    ? 1 + Object.values(json).reduce((sum: number, one) => sum + placesIn(one as Json), 0)
    : 1;
