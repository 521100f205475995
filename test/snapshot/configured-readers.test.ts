import { expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredReaders } from '../../lambdas/snapshot/configured-readers.ts';
import { aScriptedCluster } from '../builders/kafka-reader.ts';

const access = {
  readSecret: async () => Promise.reject(new Error('no secret is configured')),
  clock: { nowMs: () => 0 },
};

test.each([
  { readCommitted: false, log: { logStartOffset: 0, logEndOffset: 10 } },
  { readCommitted: true, log: { logStartOffset: 0, logEndOffset: 10, lastStableOffset: 9 } },
])('readCommitted $readCommitted decides whether the last stable offset is read', async ({ readCommitted, log }) => {
  const { brokers } = await aScriptedCluster({
    topics: { orders: [{ end: 10, stable: 9 }] },
    groups: { billing: { committed: { orders: [5] } } },
  });
  const config = parseConfig({ clusters: [{ name: 'prod', brokers: [...brokers], readCommitted }] }, 'test');
  const reader = await configuredReaders(config, access)('prod');
  onTestFinished(() => reader.close());
  const { snapshot } = await reader.read({ atMs: 1_000, deadlineMs: 5_000 });
  expect(snapshot.topics.get('orders')).toEqual([log]);
});

test('a cluster that is not configured is named', async () => {
  const config = parseConfig({ clusters: [{ name: 'prod', brokers: ['a:9092'] }] }, 'test');
  await expect(configuredReaders(config, access)('staging')).rejects.toMatchObject({
    code: 'CLUSTER_UNKNOWN',
    message: expect.stringContaining('staging'),
  });
});
