import { type ByteReader, byteReader } from '../../../core/bytes/byte-reader.ts';
import { type ByteWriter, byteWriter } from '../../../core/bytes/byte-writer.ts';
import { corrupt } from '../../../core/bytes/corrupt.ts';
import { countText, durationText } from '../../../core/quantity.ts';
import type { PartitionVerdict, Reason } from '../../../core/status/verdict.ts';
import { decimalOf, numberOf } from './decimal.ts';

/**
 * Reasons of partitions. A sentence says again what the reason's numbers, the lag and the owner say, and the same
 * sentence is said of many: what is left of it without them is a template, told once.
 */
export interface ReasonWriter {
  write(reason: Reason, said: Said): void;
  /** The templates, then the numbers. */
  finish(): { readonly templates: readonly Template[]; readonly numbers: Uint8Array };
}

export interface ReasonReader {
  read(said: Said): Reason;
}

/** What else the verdict says of the partition. */
export type Said = Pick<PartitionVerdict, 'lagMessages' | 'owner' | 'timeLag'>;

/** Rule, names of the numbers, and the sentence in pieces: text, or the place of a part that is known without it. */
export type Template = readonly [rule: string, names: readonly string[], pieces: readonly (string | number)[]];

export function reasonWriter(): ReasonWriter {
  const places = new Map<string, number>();
  const templates: Template[] = [];
  const numbers = byteWriter();
  return {
    write({ rule, numbers: all, sentence }, said) {
      const values = Object.entries(all);
      const parts = partsOf(values, said);
      const template: Template = [rule, values.map(([name]) => name), piecesOf(sentence, parts)];
      const text = JSON.stringify(template);
      const place = places.get(text) ?? templates.push(template) - 1;
      places.set(text, place);
      numbers.unsigned(place);
      for (const [name, value] of values) writeNumber(numbers, value, expectedOf(name, said));
    },
    finish: () => ({ templates, numbers: numbers.finish() }),
  };
}

export function reasonReader(templates: readonly Template[], bytes: Uint8Array): ReasonReader {
  const numbers = byteReader(bytes);
  return {
    read(said) {
      const template = templates[numbers.unsigned()];
      if (template === undefined) throw corrupt('lacks the template of a reason');
      const [rule, names, pieces] = template;
      const values = names.map((name) => [name, readNumber(numbers, expectedOf(name, said))] as const);
      return { rule, numbers: Object.fromEntries(values), sentence: sentenceOf(pieces, partsOf(values, said)) };
    },
  };
}

/** What a sentence may hold that is known without it, in an order that writer and reader share. */
function partsOf(values: readonly (readonly [string, number])[], { owner, lagMessages }: Said): string[] {
  const lag = lagMessages === null ? [] : [countText(lagMessages)];
  const spoken = values.flatMap(([name, value]) => (name.endsWith('Ms') ? [durationText(value)] : [countText(value)]));
  return [owner?.host ?? '', owner?.clientId ?? '', ...lag, ...spoken];
}

/** A sentence as literal text and places of parts, each part taken out where it first occurs. */
function piecesOf(sentence: string, parts: readonly string[]): Template[2] {
  const pieces: (string | number)[] = [sentence];
  for (const [place, part] of parts.entries()) {
    // A single character is no longer than its place.
    const at = part.length < 2 ? -1 : pieces.findIndex((piece) => typeof piece === 'string' && piece.includes(part));
    const literal = `${pieces[at] ?? ''}`;
    const from = literal.indexOf(part);
    if (at !== -1) pieces.splice(at, 1, literal.slice(0, from), place, literal.slice(from + part.length));
  }
  return pieces;
}

const sentenceOf = (pieces: Template[2], parts: readonly string[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : (parts[piece] ?? ''))).join('');

const expectedOf = (name: string, { lagMessages, timeLag }: Said): number => {
  if (name === 'lagMessages') return lagMessages ?? 0;
  return name === 'timeLagMs' && timeLag.kind !== 'unknown' ? timeLag.timeLagMs : 0;
};

function writeNumber(writer: ByteWriter, value: number, expected: number): void {
  const decimal = decimalOf(value);
  writer.near(decimal?.exponent ?? NO_DECIMAL, 0);
  if (decimal === null) writer.real(value, 0);
  else writer.near(decimal.digits, atExponent(expected, decimal.exponent));
}

function readNumber(reader: ByteReader, expected: number): number {
  const exponent = reader.near(0);
  if (exponent === NO_DECIMAL) return reader.real(0);
  return numberOf({ exponent, digits: reader.near(atExponent(expected, exponent)) });
}

/** An exponent that no number has. */
const NO_DECIMAL = 1_000;

const atExponent = (expected: number, exponent: number): number =>
  exponent === 0 || exponent === 3 ? Math.trunc(expected / 10 ** exponent) : 0;
