import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../local/cache-folder.ts';

test.each([
  { why: 'our own variable wins', env: { SLUICEGATE_CACHE: '/a', XDG_CACHE_HOME: '/b' }, folder: '/a' },
  { why: 'then the place that the desktop names', env: { XDG_CACHE_HOME: '/b' }, folder: '/b/sluicegate' },
  {
    why: 'empty means unset',
    env: { SLUICEGATE_CACHE: '', XDG_CACHE_HOME: '' },
    folder: join(homedir(), '.cache/sluicegate'),
  },
])('$why: $folder', ({ env, folder }) => {
  expect(cacheFolder(env)).toBe(folder);
});
