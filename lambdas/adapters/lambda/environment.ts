import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SluicegateError } from '../../core/errors.ts';

/** A variable that the stack sets on the function. Throws CONFIG_INVALID. */
export function environmentVariable(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new SluicegateError(
    'CONFIG_INVALID',
    `${name} is not set: the stack sets it on this function; deploy it again`,
  );
}

/** A file that the stack has put beside the code. Throws CONFIG_INVALID. */
export function bundledText(file: string): string {
  const path = join(environmentVariable('LAMBDA_TASK_ROOT'), file);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new SluicegateError('CONFIG_INVALID', `${path} can't be read: the stack puts it there; deploy it again`, {
      cause,
    });
  }
}
