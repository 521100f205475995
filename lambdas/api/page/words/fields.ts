import { countText, durationText } from '../../../core/quantity.ts';
import { rateText, shareText } from './numbers.ts';

/** A number that decided, for people: its name's words apart, its unit from the name's end. */
export interface Field {
  readonly label: string;
  readonly value: string;
}

/** Ends of names that are units, the longest first, with how such a number reads. */
const UNITS: readonly (readonly [string, (value: number) => string])[] = [
  ['Messages', countText],
  ['Samples', countText],
  ['Ratio', shareText],
  ['PerS', rateText],
  ['Ms', durationText],
];

/** `noProgressMs: 190000` → "no progress", "3 min". */
export function fieldOf(name: string, value: number): Field {
  const [ending, text] = UNITS.find(([unit]) => name.endsWith(unit)) ?? ['', plainNumber];
  const stem = name.slice(0, name.length - ending.length);
  const isUnitOnly = ending === 'Messages' || ending === 'Samples';
  const label = words(isUnitOnly && stem !== '' ? name : stem || name);
  return { label, value: text(value) };
}

/** Every number of a reason, in the order in which the rule gave them. */
export const fieldsOf = (numbers: Readonly<Record<string, number>>): readonly Field[] =>
  Object.entries(numbers).map(([name, value]) => fieldOf(name, value));

const words = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)/g, ' ').toLowerCase();

const plainNumber = (value: number): string =>
  Number.isInteger(value) ? countText(value) : String(Number(value.toPrecision(3)));
