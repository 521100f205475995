import { readFile } from 'node:fs/promises';
import { type Config, parseConfigText } from '../lambdas/config/config.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';

/** The configuration in a file. Throws INPUT_UNREADABLE or CONFIG_INVALID. */
export async function readConfig(file: string): Promise<Config> {
  return parseConfigText(await readText(file), file);
}

/** The text of a file that a user named. Throws INPUT_UNREADABLE. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause: unknown) {
    throw new SluicegateError(
      'INPUT_UNREADABLE',
      `${file} can't be read (${(cause as Error).message}): check its path and rights`,
      { cause },
    );
  }
}
