import { SluicegateError } from '../errors.ts';

/** What was stored can't be what was written. `what` completes "a packed item …". */
export const corrupt = (what: string, cause?: unknown): SluicegateError =>
  new SluicegateError(
    'STORE_CORRUPT',
    `a packed item ${what}; restore the table to an earlier point in time, or let the item expire`,
    { cause },
  );
