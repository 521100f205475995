import type { PartitionLog } from '../../../core/cluster/snapshot.ts';

/** What is known of a topic besides its offsets: its name, and by partition what could be read. */
export interface TopicEntry {
  readonly name: string;
  /** By partition, a sum of the `LOG_…` bits. 0: the partition could not be read. */
  readonly codes: Uint8Array;
}

export const LOG_READ = 1;
export const LOG_STABLE = 2;
export const LOG_NEWEST = 4;
/** The newest record was asked for, and there is none. */
export const LOG_NEWEST_NONE = 8;

export const topicText = (name: string, logs: readonly (PartitionLog | null)[]): string =>
  JSON.stringify([name, logs.map(codeOf).join('')]);

export function parseTopic(text: string): TopicEntry {
  const [name, codes] = JSON.parse(text) as [string, string];
  return { name, codes: codesOf(codes) };
}

/** One hexadecimal digit a partition. */
export const codesOf = (digits: string): Uint8Array => Uint8Array.from(digits, (digit) => Number.parseInt(digit, 16));

function codeOf(log: PartitionLog | null): string {
  if (log === null) return '0';
  const { lastStableOffset: stable, newestRecordAtMs: newest } = log;
  const newestCode = newest === undefined ? 0 : newest === null ? LOG_NEWEST_NONE : LOG_NEWEST;
  return (LOG_READ + (stable === undefined ? 0 : LOG_STABLE) + newestCode).toString(16);
}
