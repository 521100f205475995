import { expect, test } from 'vitest';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredReaders } from '../../lambdas/snapshot/configured-readers.ts';

const credentials = { env: 'CREDENTIALS' };
const config = parseConfig(
  {
    clusters: [
      { name: 'prod', brokers: ['127.0.0.1:1'], authentication: { mechanism: 'plain', credentials } },
      { name: 'test', brokers: ['127.0.0.1:1'] },
    ],
  },
  'test',
);

function readers() {
  const fetched: unknown[] = [];
  const readSecret = async (source: unknown) => {
    fetched.push(source);
    return JSON.stringify({ username: 'lag', password: 'secret' });
  };
  return { readerOf: configuredReaders(config, { readSecret, clock: { nowMs: () => 0 } }), fetched };
}

const request = { atMs: 0, deadlineMs: 500 };

test('a cluster keeps its reader, and its secrets are fetched when it is first read', async () => {
  const { readerOf, fetched } = readers();
  const reader = await readerOf('prod');
  expect(await readerOf('prod')).toBe(reader);
  expect(await readerOf('test')).not.toBe(reader);
  expect(fetched).toEqual([]);
  for (const _ of [1, 2]) await expect(reader.read(request)).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
  expect(fetched).toEqual([credentials]);
});

test('a cluster that is not configured is told with those that are', async () => {
  const { readerOf } = readers();
  await expect(readerOf('staging')).rejects.toMatchObject({ code: 'CLUSTER_UNKNOWN' });
});
