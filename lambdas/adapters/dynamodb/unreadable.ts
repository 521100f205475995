import { SluicegateError } from '../../core/errors.ts';

/**
 * What was thrown because something stored is damaged; anything else is thrown on.
 *
 * Damage to one sample must not take those after it along: readers leave it out, and writers begin anew.
 */
export function damageIn(cause: unknown): SluicegateError {
  if (cause instanceof SluicegateError && cause.code === 'STORE_CORRUPT') return cause;
  throw cause;
}

/** A sample is left out, which whoever runs this must learn of: Node writes warnings to stderr, on AWS to the log. */
export function warnOfUnreadable(cluster: string, slotMs: number, { code, message }: SluicegateError): void {
  const slot = new Date(slotMs).toISOString();
  process.emitWarning(`the sample of ${slot} of cluster "${cluster}" can not be read, and is left out: ${message}`, {
    code,
  });
}
