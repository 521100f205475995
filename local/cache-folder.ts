import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads live between runs: `SLUICEGATE_CACHE`, else `sluicegate` in the user's cache folder (XDG). */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env['SLUICEGATE_CACHE'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'sluicegate');
}
