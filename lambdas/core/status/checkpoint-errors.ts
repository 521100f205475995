import { SluicegateError } from '../errors.ts';
import type { RulesetName } from './ruleset.ts';

/** Turns whatever goes wrong in reading a checkpoint into STORE_CORRUPT: it holds nothing but numbers and texts. */
export function readingCheckpoint<T>(ruleset: RulesetName, read: () => T): T {
  try {
    return read();
  } catch (cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `the stored checkpoint is not one of this release's ruleset "${ruleset}": ${why}`;
    throw new SluicegateError('STORE_CORRUPT', message, { cause });
  }
}
