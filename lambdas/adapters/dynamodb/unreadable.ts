import type { ReadFailure } from '../../core/cluster/snapshot.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { LostFrame } from './frame-reader.ts';

/**
 * What was thrown because something stored is damaged; anything else is thrown on.
 *
 * Damage to one sample must not take those after it along: readers leave it out, and writers begin anew.
 */
export function damageIn(cause: unknown): SluicegateError {
  if (cause instanceof SluicegateError && cause.code === 'STORE_CORRUPT') return cause;
  throw cause;
}

/** What of a slot can't be read back. */
interface Unreadable {
  readonly cluster: string;
  readonly slotMs: number;
  /** How many of its buckets, of how many. Absent: all of it. */
  readonly lost?: number;
  readonly of?: number;
}

/** Whoever runs this must learn of it: Node writes warnings to stderr, on AWS to the log. */
export function warnOfUnreadable({ cluster, slotMs, lost, of }: Unreadable, why: SluicegateError | undefined): void {
  const slot = new Date(slotMs).toISOString();
  const part = lost === of ? 'the sample' : `${lost} of ${of} parts of the sample`;
  process.emitWarning(`${part} of ${slot} of cluster "${cluster}" can not be read back: ${why?.message}`, {
    code: 'STORE_CORRUPT',
  });
}

/**
 * Lost frames as failures of a reading: the groups that they held are unknown, not gone. Where even their names are lost
 * it might be any group: that is told as a broker is that does not answer.
 */
export const failuresOf = (lost: readonly (LostFrame & { readonly bucket: number })[]): ReadFailure[] =>
  lost.flatMap(({ why, lastKnown, bucket }): ReadFailure[] => {
    const said = { code: 'STORE_CORRUPT', message: `the stored sample: ${why.message}` };
    return (
      lastKnown?.groups.map(({ name }) => ({ part: 'group', group: name, ...said })) ?? [
        { part: 'broker', broker: `stored history, part ${bucket}`, ...said },
      ]
    );
  });
