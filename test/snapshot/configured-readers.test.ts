import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredReaders } from '../../lambdas/snapshot/configured-readers.ts';
import { aScriptedCluster } from '../builders/kafka-reader.ts';

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

test.each([
  { readCommitted: false, log: { logStartOffset: 0, logEndOffset: 10 } },
  { readCommitted: true, log: { logStartOffset: 0, logEndOffset: 10, lastStableOffset: 9 } },
])('readCommitted $readCommitted decides whether the last stable offset is read', async ({ readCommitted, log }) => {
  const { brokers } = await aScriptedCluster({
    topics: { orders: [{ end: 10, stable: 9 }] },
    groups: { billing: { committed: { orders: [5] } } },
  });
  const asked = parseConfig({ clusters: [{ name: 'prod', brokers: [...brokers], readCommitted }] }, 'test');
  const access = { readSecret: async () => '', clock: { nowMs: () => 0 } };
  const reader = await configuredReaders(asked, access)('prod');
  onTestFinished(() => reader.close());
  const { snapshot } = await reader.read({ atMs: 1_000, deadlineMs: 5_000 });
  expect(snapshot.topics.get('orders')).toEqual([log]);
});
