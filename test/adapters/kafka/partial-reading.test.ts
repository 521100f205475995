import { expect, test } from 'vitest';
import { aKafkaReader, aScriptedCluster, readScripted } from '../../builders/kafka-reader.ts';
import type { Wire } from '../../builders/scripted-broker.ts';

/** Two brokers; each coordinates one group and leads one partition. */
const TWO = {
  nodes: 2,
  topics: {
    orders: [
      { leader: 1, end: 10 },
      { leader: 2, end: 20 },
    ],
  },
  groups: {
    billing: { coordinator: 1, committed: { orders: [5, 15] } },
    audit: { coordinator: 2, committed: { orders: [9, 19] } },
  },
};

const groupError = (truth: Wire, group: string, error_code: number) => ({
  ...truth,
  groups: truth.groups.map((entry: Wire) => (entry.group_id === group ? { ...entry, error_code } : entry)),
});

const partitionError = (truth: Wire, error_code: number) => ({
  ...truth,
  topics: truth.topics.map((topic: Wire) => ({
    ...topic,
    partitions: topic.partitions.map((partition: Wire) => ({ ...partition, error_code })),
  })),
});

test.each([
  { why: 'it moved to another broker', code: 16 },
  { why: 'its coordinator is loading', code: 14 },
  { why: 'its coordinator is being elected', code: 15 },
])('a group is asked for once more when $why', async ({ code }) => {
  const { snapshot, cluster } = await readScripted({
    ...TWO,
    instead: ({ api, nth, truth }) =>
      api === 'OffsetFetch' && nth === 1 ? groupError(truth(), 'audit', code) : undefined,
  });
  expect(snapshot.groups.get('audit')?.committed).toEqual(new Map([['orders', [9, 19]]]));
  expect(snapshot.failures).toEqual([]);
  expect(cluster.nodes.flatMap(({ asked }) => asked).filter((api) => api === 'FindCoordinator')).toHaveLength(1);
});

test('a group whose coordinator keeps loading is a failure, and the other group is there', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, truth }) => (api === 'OffsetFetch' ? groupError(truth(), 'audit', 14) : undefined),
  });
  expect([...snapshot.groups.keys()]).toEqual(['billing']);
  expect(snapshot.failures).toMatchObject([{ part: 'group', group: 'audit', code: 'COORDINATOR_LOAD_IN_PROGRESS' }]);
});

test('a list that is not whole because the coordinator is loading is asked for once more', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, nth, truth }) =>
      api === 'ListGroups' && nth === 1 ? { ...truth(), error_code: 14, groups: [] } : undefined,
  });
  expect([...snapshot.groups.keys()].sort()).toEqual(['audit', 'billing']);
  expect(snapshot.failures).toEqual([]);
});

test('a group that may not be read is a failure of its own, which names the right', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, truth }) => (api === 'OffsetFetch' ? groupError(truth(), 'audit', 30) : undefined),
  });
  expect([...snapshot.groups.keys()]).toEqual(['billing']);
  expect(snapshot.failures).toMatchObject([
    { part: 'group', group: 'audit', code: 'GROUP_AUTHORIZATION_FAILED', message: expect.stringContaining('Describe') },
  ]);
});

test('a topic that may not be described fails by partition, which names the right', async () => {
  const { snapshot } = await readScripted({
    groups: { billing: { committed: { secret: [4, null, 6] } } },
    missingTopicError: 29,
  });
  expect(snapshot.failures).toMatchObject([
    { part: 'partition', topic: 'secret', partition: 0, code: 'TOPIC_AUTHORIZATION_FAILED' },
    { part: 'partition', topic: 'secret', partition: 2, message: expect.stringContaining('Describe on the topic') },
  ]);
});

test('members that could not be read are null, and the offsets are there', async () => {
  const { snapshot } = await readScripted({
    groups: { billing: { state: 'Stable' } },
    instead: ({ api, truth }) => (api === 'DescribeGroups' ? groupError(truth(), 'billing', 30) : undefined),
  });
  expect(snapshot.groups.get('billing')).toMatchObject({ state: 'Stable', members: null, committed: new Map() });
  expect(snapshot.failures).toMatchObject([{ part: 'members', group: 'billing', code: 'GROUP_AUTHORIZATION_FAILED' }]);
});

// DescribeGroups before v6 answers `Dead` without an error for a group that is gone or of another type by now.
test('a group that was listed alive and is described as Dead has unknown members', async () => {
  const { snapshot } = await readScripted({
    groups: { billing: { state: 'Stable' } },
    instead: ({ api, truth }) => {
      if (api !== 'DescribeGroups') return undefined;
      return { ...truth(), groups: truth().groups.map((group: Wire) => ({ ...group, group_state: 'Dead' })) };
    },
  });
  expect(snapshot.groups.get('billing')?.members).toBeNull();
  expect(snapshot.failures).toMatchObject([{ part: 'members', group: 'billing', code: 'GROUP_ID_NOT_FOUND' }]);
});

test('a type of group that is not known here is a failure, never read as another', async () => {
  const { snapshot } = await readScripted({ groups: { new: { type: 'quantum' } } });
  expect(snapshot.groups.size).toBe(0);
  expect(snapshot.failures).toMatchObject([{ part: 'group', group: 'new', code: 'UNSUPPORTED_VERSION' }]);
});

test.each([
  {
    why: 'a commit',
    script: { groups: { billing: { committed: { orders: [2n ** 53n] } } }, topics: { orders: [{}] } },
    part: 'group',
  },
  {
    why: 'a log end',
    script: { groups: { billing: { committed: { orders: [1] } } }, topics: { orders: [{ end: 2n ** 53n }] } },
    part: 'partition',
  },
])('an offset beyond 2^53 is refused, not rounded: $why', async ({ script, part }) => {
  const { snapshot } = await readScripted(script);
  expect(snapshot.failures).toMatchObject([{ part, code: 'OFFSET_TOO_LARGE' }]);
  expect([...snapshot.topics.values()].flat().filter((log) => log !== null)).toEqual([]);
});

test('a partition without a leader is null beside the others', async () => {
  const { snapshot } = await readScripted({
    topics: { orders: [{ leader: -1 }, { end: 20 }] },
    groups: { billing: { committed: { orders: [5, 15] } } },
  });
  expect(snapshot.topics.get('orders')).toEqual([null, { logStartOffset: 0, logEndOffset: 20 }]);
  expect(snapshot.failures).toMatchObject([
    { part: 'partition', topic: 'orders', partition: 0, code: 'LEADER_NOT_AVAILABLE' },
  ]);
});

test('a leaderless partition of the offsets topic is told: its groups are in no list', async () => {
  const { snapshot } = await readScripted({ topics: { __consumer_offsets: [{}, { leader: -1 }] } });
  expect(snapshot.failures).toMatchObject([
    { part: 'partition', topic: '__consumer_offsets', partition: 1, message: expect.stringContaining('in no list') },
  ]);
});

test('a partition whose leader moved is asked of the new one', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, node, nth, truth }) => {
      if (api === 'ListOffsets' && node === 1 && nth <= 2) return partitionError(truth(), 6);
      return undefined;
    },
  });
  expect(snapshot.topics.get('orders')?.[0]).toEqual({ logStartOffset: 0, logEndOffset: 10 });
  expect(snapshot.failures).toEqual([]);
});

test('a partition that no leader owns up to is a failure', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, node, truth }) => (api === 'ListOffsets' && node === 1 ? partitionError(truth(), 6) : undefined),
  });
  expect(snapshot.topics.get('orders')?.[0]).toBeNull();
  expect(snapshot.failures).toMatchObject([
    { part: 'partition', topic: 'orders', partition: 0, code: 'NOT_LEADER_OR_FOLLOWER' },
  ]);
});

test.each([
  'ListGroups',
  'OffsetFetch',
  'ListOffsets',
] as const)('a broker that closes the connection at %s is one failure, and the other broker is read', async (failing) => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, node }) => (node === 2 && api === failing ? 'close' : undefined),
  });
  expect(snapshot.failures[0]).toMatchObject({ part: 'broker', code: 'CONNECTION' });
  expect(snapshot.failures.filter(({ part }) => part === 'broker')).toHaveLength(1);
  expect(snapshot.groups.has('billing')).toBe(true);
  expect(snapshot.topics.get('orders')?.[0]).toEqual({ logStartOffset: 0, logEndOffset: 10 });
});

test('bytes that are no answer are one failure, and the other broker is read', async () => {
  const { snapshot } = await readScripted({
    ...TWO,
    instead: ({ api, node }) => (node === 2 && api === 'ListGroups' ? Buffer.from('not an answer') : undefined),
  });
  expect(snapshot.failures).toMatchObject([{ part: 'broker', code: 'MALFORMED_RESPONSE' }]);
  expect([...snapshot.groups.keys()]).toEqual(['billing']);
});

test('a broker that falls silent costs its share of the deadline, not the rest of the snapshot', async () => {
  const cluster = await aScriptedCluster({
    ...TWO,
    instead: ({ api, node }) => (node === 2 && api !== 'Metadata' ? 'silence' : undefined),
  });
  const { snapshot, cost } = await aKafkaReader(cluster.brokers).read({ atMs: 1_000, deadlineMs: 800 });
  expect(cost.wallMs).toBeLessThan(800);
  expect(snapshot.failures).toMatchObject([{ part: 'broker', code: 'TIMEOUT' }]);
  expect(snapshot.groups.get('billing')?.committed).toEqual(new Map([['orders', [5, 15]]]));
  expect(snapshot.topics.get('orders')).toEqual([{ logStartOffset: 0, logEndOffset: 10 }, null]);
});

test('a broker is given another chance in the next reading', async () => {
  let isSilent = true;
  const cluster = await aScriptedCluster({
    ...TWO,
    instead: ({ api, node }) => (isSilent && node === 2 && api === 'ListGroups' ? 'silence' : undefined),
  });
  const reader = aKafkaReader(cluster.brokers);
  expect((await reader.read({ atMs: 1_000, deadlineMs: 400 })).snapshot.groups.size).toBe(1);
  isSilent = false;
  const { snapshot } = await reader.read({ atMs: 2_000, deadlineMs: 5_000 });
  expect(snapshot.groups.size).toBe(2);
  expect(snapshot.failures).toEqual([]);
});

test('an answer about a group that was not asked for is nothing, and one that leaves a group out is a failure', async () => {
  const { snapshot } = await readScripted({
    groups: { billing: {} },
    instead: ({ api, truth }) => {
      if (api !== 'OffsetFetch') return undefined;
      return { ...truth(), groups: truth().groups.map((group: Wire) => ({ ...group, group_id: 'other' })) };
    },
  });
  expect(snapshot.groups.size).toBe(0);
  expect(snapshot.failures).toMatchObject([{ part: 'group', group: 'billing', code: 'MALFORMED_RESPONSE' }]);
});

test('an answer that leaves a partition out is a failure', async () => {
  const { snapshot } = await readScripted({
    topics: { orders: [{ end: 10 }] },
    groups: { billing: { committed: { orders: [5] } } },
    instead: ({ api, truth }) => (api === 'ListOffsets' ? { ...truth(), topics: [] } : undefined),
  });
  expect(snapshot.topics.get('orders')).toEqual([null]);
  expect(snapshot.failures).toMatchObject([{ part: 'partition', partition: 0, code: 'MALFORMED_RESPONSE' }]);
});
