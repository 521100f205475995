import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { kafkaOffsetWriter } from '../../../lambdas/adapters/kafka/kafka-offset-writer.ts';
import { aKafkaReader, aScriptedCluster } from '../../builders/kafka-reader.ts';
import type { ApiName, Wire } from '../../builders/scripted-broker.ts';
import { type ClusterScript, type ScriptedCluster, startScriptedCluster } from '../../builders/scripted-cluster.ts';
import { CONTRACT_GROUPS, offsetWriterContract } from '../../contracts/offset-writer.contract.ts';

const writerFor = (brokers: readonly string[]) =>
  kafkaOffsetWriter({ brokers, tls: null, authentication: { mechanism: 'none' } });

describe('keeps the contract', () => {
  let cluster: ScriptedCluster;
  beforeAll(async () => {
    const { topics, empty, live } = CONTRACT_GROUPS;
    cluster = await startScriptedCluster({
      topics: { orders: topics.orders.map((end) => ({ end })) },
      groups: {
        ...Object.fromEntries(Object.entries(empty).map(([group, committed]) => [group, { committed }])),
        [live]: { state: 'Stable', committed: { orders: [8, 3] } },
      },
    });
  });
  afterAll(() => cluster.stop());

  offsetWriterContract(() => ({ writer: writerFor(cluster.brokers), reader: aKafkaReader(cluster.brokers) }));
});

/** One commit to group `billing`, which the second of two brokers coordinates. */
async function commitTo(
  instead: ClusterScript['instead'],
  { deadlineMs = 8_000, lacks = [] }: { deadlineMs?: number; lacks?: readonly ApiName[] } = {},
) {
  const cluster = await aScriptedCluster({
    nodes: 2,
    topics: { orders: [{ end: 9 }, { end: 9 }] },
    groups: { billing: { coordinator: 2, committed: { orders: [5, 5] } } },
    instead,
    lacks,
  });
  const writer = writerFor(cluster.brokers);
  onTestFinished(() => writer.close());
  const offsets = [
    { topic: 'orders', partition: 0, offset: 1 },
    { topic: 'orders', partition: 1, offset: 2 },
  ];
  const commits = () => cluster.nodes.map(({ asked }) => asked.filter((api) => api === 'OffsetCommit').length);
  return { commits, answers: writer.commit({ group: 'billing', offsets, deadlineMs }) };
}

const withErrors = (truth: Wire, codes: readonly number[]) => ({
  ...truth,
  topics: truth.topics.map((topic: Wire) => ({
    ...topic,
    partitions: topic.partitions.map((partition: Wire, index: number) => ({ ...partition, error_code: codes[index] })),
  })),
});

test('all offsets go to the coordinator, in one request', async () => {
  const requests: Wire[] = [];
  const { answers, commits } = await commitTo(({ api, request }) => {
    if (api === 'OffsetCommit') requests.push(request);
    return undefined;
  });
  expect((await answers).map(({ error }) => error)).toEqual([null, null]);
  expect(commits()).toEqual([0, 1]);
  expect(requests).toMatchObject([
    {
      group_id: 'billing',
      generation_id: -1,
      member_id: '',
      group_instance_id: null,
      topics: [{ name: 'orders', partitions: [{ committed_offset: 1n }, { committed_offset: 2n }] }],
    },
  ]);
});

test('it joins nothing: no request but these', async () => {
  const apis = new Set<string>();
  const { answers } = await commitTo(({ api }) => {
    apis.add(api);
    return undefined;
  });
  await answers;
  expect([...apis].sort()).toEqual(['FindCoordinator', 'Metadata', 'OffsetCommit']);
});

test.each([
  { why: 'is being elected', api: 'FindCoordinator', code: 15 },
  { why: 'is loading its groups', api: 'OffsetCommit', code: 14 },
  { why: 'has handed the group over', api: 'OffsetCommit', code: 16 },
] as const)('a coordinator that $why is asked for again', async ({ api: failing, code }) => {
  const { answers } = await commitTo(({ api, nth, truth }) => {
    if (api !== failing || nth > 1) return undefined;
    if (api === 'OffsetCommit') return withErrors(truth(), [code, code]);
    return { ...truth(), coordinators: truth().coordinators.map((one: Wire) => ({ ...one, error_code: code })) };
  });
  expect((await answers).map(({ error }) => error)).toEqual([null, null]);
});

test('a coordinator that never comes is an error which says that nothing was committed', async () => {
  const { answers, commits } = await commitTo(
    ({ api, truth }) =>
      api === 'FindCoordinator'
        ? { ...truth(), coordinators: truth().coordinators.map((one: Wire) => ({ ...one, error_code: 15 })) }
        : undefined,
    { deadlineMs: 1_500 },
  );
  await expect(answers).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringMatching(/COORDINATOR_NOT_AVAILABLE.*nothing was committed/),
  });
  expect(commits()).toEqual([0, 0]);
});

test('one partition that is refused does not hide that the other was taken', async () => {
  const { answers } = await commitTo(({ api, truth }) =>
    api === 'OffsetCommit' ? withErrors(truth(), [29, 0]) : undefined,
  );
  expect((await answers).map(({ error }) => error)).toEqual(['TOPIC_AUTHORIZATION_FAILED', null]);
});

test('a partition that the answer leaves out is not taken for committed', async () => {
  const { answers } = await commitTo(({ api, truth }) =>
    api === 'OffsetCommit'
      ? { ...truth(), topics: truth().topics.map((topic: Wire) => ({ ...topic, partitions: [topic.partitions[1]] })) }
      : undefined,
  );
  expect((await answers).map(({ error }) => error)).toEqual(['MALFORMED_RESPONSE', null]);
});

test('a coordinator that falls silent leaves it open whether the offsets were taken, and the error says so', async () => {
  const { answers } = await commitTo(({ api }) => (api === 'OffsetCommit' ? 'silence' : undefined), {
    deadlineMs: 1_000,
  });
  await expect(answers).rejects.toMatchObject({
    code: 'BROKER_UNREACHABLE',
    message: expect.stringContaining('not known whether the offsets were taken'),
  });
});

test('a principal that may not know the group is denied, with the right to grant', async () => {
  const { answers } = await commitTo(({ api, truth }) =>
    api === 'FindCoordinator'
      ? { ...truth(), coordinators: truth().coordinators.map((one: Wire) => ({ ...one, error_code: 30 })) }
      : undefined,
  );
  await expect(answers).rejects.toMatchObject({
    code: 'BROKER_DENIED',
    message: expect.stringContaining('grant this principal Describe and Read on the group'),
  });
});

test('a broker that cannot take commits of ours is named as too old', async () => {
  const { answers } = await commitTo(undefined, { lacks: ['OffsetCommit'] });
  await expect(answers).rejects.toMatchObject({ code: 'BROKER_UNSUPPORTED' });
});
