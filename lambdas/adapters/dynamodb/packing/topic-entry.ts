import type { PartitionLog } from '../../../core/cluster/snapshot.ts';

/** What is known of a topic besides its offsets: its name, and by partition what could be read. */
export interface TopicEntry {
  /** All of it, as it is packed. */
  readonly text: string;
  readonly name: string;
  /** By partition, a sum of the `LOG_…` bits. 0: the partition could not be read. */
  readonly codes: Uint8Array;
}

export const LOG_READ = 1;
export const LOG_STABLE = 2;
export const LOG_NEWEST = 4;
/** The newest record was asked for, and there is none. */
export const LOG_NEWEST_NONE = 8;

export function topicText(name: string, logs: readonly (PartitionLog | null)[]): string {
  let codes = '';
  for (const log of logs) codes += codeOf(log).toString(16);
  return JSON.stringify([name, codes]);
}

export function parseTopic(text: string): TopicEntry {
  const [name, codes] = JSON.parse(text) as [string, string];
  return { text, name, codes: codesOf(codes) };
}

/** Nearly all topics have one of a few: all partitions read, by their number. */
const knownCodes = new Map<string, Uint8Array>();
const KNOWN_MAX = 1_000;

/** One hexadecimal digit a partition. The same digits may be the same array: it must not be changed. */
export function codesOf(digits: string): Uint8Array {
  const known = knownCodes.get(digits);
  if (known !== undefined) return known;
  const codes = new Uint8Array(digits.length);
  for (let partition = 0; partition < digits.length; partition += 1) {
    const digit = digits.charCodeAt(partition);
    codes[partition] = digit <= 57 ? digit - 48 : digit - 87; // '0' is 48, '9' 57, 'a' 97
  }
  if (knownCodes.size < KNOWN_MAX) knownCodes.set(digits, codes);
  return codes;
}

export const areSameCodes = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && a.every((code, partition) => code === b[partition]));

function codeOf(log: PartitionLog | null): number {
  if (log === null) return 0;
  const { lastStableOffset: stable, newestRecordAtMs: newest } = log;
  const newestCode = newest === undefined ? 0 : newest === null ? LOG_NEWEST_NONE : LOG_NEWEST;
  return LOG_READ + (stable === undefined ? 0 : LOG_STABLE) + newestCode;
}
