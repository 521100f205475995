import { SluicegateError } from '../errors.ts';

/** What was stored can't be what was written. `what` completes "a packed item …". */
export const corrupt = (what: string, cause?: unknown): SluicegateError =>
  new SluicegateError(
    'STORE_CORRUPT',
    `a packed item ${what}; restore the table to an earlier point in time, or let the item expire`,
    { cause },
  );

/** What was stored has a format that this release does not know. @param found not a number: it says none */
export const ofAnotherFormat = (found: number | undefined, known: number, what?: string): SluicegateError =>
  corrupt(
    `${what === undefined ? '' : `(${what}) `}has format version ${Number.isInteger(found) ? found : 'none'}, and this release reads ${known}: if a newer release wrote it, deploy that one`,
  );
