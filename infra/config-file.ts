import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ConfigInput, parseConfigText } from '../lambdas/config/config.ts';
import { parseConfigForAws } from '../lambdas/config/on-aws.ts';
import { CONFIG_FILE } from '../lambdas/contract.ts';

const EXAMPLE = fileURLToPath(new URL('../sluicegate.config.example.json', import.meta.url));

/**
 * The configuration to deploy, as it is written: the named file, else `sluicegate.config.json` of the current folder,
 * else the example, of which `warn` is told. Throws CONFIG_INVALID, or what Node throws for a file that can't be read.
 */
export function readConfigFile(named: string | null, warn: (line: string) => void): ConfigInput {
  if (named === null && !existsSync(CONFIG_FILE)) {
    warn(`There is no ${CONFIG_FILE}: this is the example's stack. Copy ${EXAMPLE} and name your clusters.`);
    return checked(EXAMPLE);
  }
  return checked(named ?? CONFIG_FILE);
}

/** As written, not as parsed: the functions parse their copy themselves. */
function checked(file: string): ConfigInput {
  const text = readFileSync(file, 'utf8');
  parseConfigText(text, file);
  const input: ConfigInput = JSON.parse(text);
  parseConfigForAws(input, file);
  return input;
}
