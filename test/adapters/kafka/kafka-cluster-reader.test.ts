import { describe, expect, test } from 'vitest';
import { aKafkaReader, aScriptedCluster, readScripted } from '../../builders/kafka-reader.ts';
import { encodeWire, quotedGrammar } from '../../builders/wire-grammar.ts';

const names = (allow: RegExp[], deny: RegExp[] = []) => ({ allow, deny });
const everything = names([]);

const ASSIGNMENT = quotedGrammar('lambdas/adapters/kafka/api/consumer-protocol.ts', 'v0 member_assignment');
const METADATA = quotedGrammar('lambdas/adapters/kafka/api/consumer-protocol.ts', 'v3 member_metadata');

const classicMember = (assigned: { topic: string; partitions: number[] }[]) => ({
  member_id: 'c-1',
  group_instance_id: 'static-1',
  client_id: 'c',
  client_host: '/10.0.0.1',
  member_metadata: encodeWire(METADATA, {
    version: 3,
    topics: ['orders'],
    user_data: null,
    owned_partitions: [],
    generation_id: 1,
    rack_id: 'eu-1a',
  }),
  member_assignment: encodeWire(ASSIGNMENT, { version: 0, assigned_partitions: assigned, user_data: null }),
});

describe('what a reading holds', () => {
  test('a group that only commits appears with its offsets, and the log of those partitions', async () => {
    const { snapshot } = await readScripted({
      topics: { orders: [{ start: 3, end: 10 }, {}, { start: 0, end: 7 }], idle: [{}] },
      groups: { billing: { protocolType: '', committed: { orders: [5, null, 7] } } },
    });
    expect(snapshot).toEqual({
      cluster: 'test',
      atMs: 1_000,
      topics: new Map([
        ['orders', [{ logStartOffset: 3, logEndOffset: 10 }, null, { logStartOffset: 0, logEndOffset: 7 }]],
      ]),
      groups: new Map([
        ['billing', { type: 'classic', state: 'Empty', members: [], committed: new Map([['orders', [5, null, 7]]]) }],
      ]),
      failures: [],
    });
  });

  test('members of a classic group have assignment, instance id and rack; partitions that are only assigned are read', async () => {
    const members = [classicMember([{ topic: 'orders', partitions: [1, 0] }])];
    const { snapshot } = await readScripted({
      topics: { orders: [{ end: 10 }, { end: 4 }] },
      groups: { billing: { state: 'Stable', members } },
    });
    expect(snapshot.groups.get('billing')?.members).toEqual([
      {
        memberId: 'c-1',
        instanceId: 'static-1',
        clientId: 'c',
        host: '/10.0.0.1',
        rackId: 'eu-1a',
        assigned: new Map([['orders', [0, 1]]]),
      },
    ]);
    expect(snapshot.topics.get('orders')).toHaveLength(2);
  });

  test('members of Connect show no assignment: the bytes are in a format of its own', async () => {
    const members = [{ ...classicMember([]), member_assignment: Buffer.from('{"connectors":[]}') }];
    const { snapshot } = await readScripted({
      groups: { connect: { protocolType: 'connect', state: 'Stable', members } },
    });
    expect(snapshot.groups.get('connect')?.members?.[0]?.assigned).toEqual(new Map());
    expect(snapshot.failures).toEqual([]);
  });

  test('a share group has the lag that the broker reports, and no committed offsets', async () => {
    const { snapshot } = await readScripted({
      topics: { orders: [{ end: 10 }, { end: 10 }] },
      groups: { workers: { type: 'share', protocolType: 'share', committed: { orders: [3, null] } } },
    });
    expect(snapshot.groups.get('workers')).toEqual({
      type: 'share',
      state: 'Empty',
      members: [],
      committed: new Map(),
      share: new Map([['orders', [{ startOffset: 3, lagMessages: 7 }, null]]]),
    });
  });

  // kafkajs consumers commit a negative offset after an out-of-range reset.
  test('a negative committed offset is no position', async () => {
    const { snapshot } = await readScripted({
      topics: { orders: [{ end: 10 }, { end: 10 }] },
      groups: { billing: { committed: { orders: [-1, 4] } }, fresh: { committed: { orders: [-2] } } },
    });
    expect(snapshot.groups.get('billing')?.committed).toEqual(new Map([['orders', [null, 4]]]));
    expect(snapshot.groups.get('fresh')?.committed).toEqual(new Map());
  });

  test('commits in a deleted topic stay; the topic is absent, and that is no failure', async () => {
    const { snapshot } = await readScripted({ groups: { billing: { committed: { gone: [4] } } } });
    expect(snapshot.groups.get('billing')?.committed).toEqual(new Map([['gone', [4]]]));
    expect(snapshot.topics).toEqual(new Map());
    expect(snapshot.failures).toEqual([]);
  });

  test('the read-committed end and the newest record are asked for where wanted', async () => {
    const { snapshot } = await readScripted(
      {
        topics: { orders: [{ end: 10, stable: 9, newestAtMs: 77 }, {}] },
        groups: { billing: { committed: { orders: [5, 0] } } },
      },
      { extra: { lastStableOffset: true, newestRecord: true } },
    );
    expect(snapshot.topics.get('orders')).toEqual([
      { logStartOffset: 0, logEndOffset: 10, lastStableOffset: 9, newestRecordAtMs: 77 },
      { logStartOffset: 0, logEndOffset: 0, lastStableOffset: 0, newestRecordAtMs: null },
    ]);
  });

  test('an empty cluster is an empty snapshot', async () => {
    const { snapshot } = await readScripted({});
    expect(snapshot).toEqual({ cluster: 'test', atMs: 1_000, topics: new Map(), groups: new Map(), failures: [] });
  });

  test('a topic named __proto__ is a topic like any other', async () => {
    const { snapshot } = await readScripted({
      topics: { ['__proto__']: [{ end: 10 }] },
      groups: { billing: { committed: { ['__proto__']: [5] } } },
    });
    expect(snapshot.groups.get('billing')?.committed.get('__proto__')).toEqual([5]);
    expect(snapshot.topics.get('__proto__')).toEqual([{ logStartOffset: 0, logEndOffset: 10 }]);
  });
});

describe('what is asked', () => {
  const script = {
    topics: { orders: [{ end: 10 }], 'orders.DLQ': [{ end: 1 }] },
    groups: {
      billing: { committed: { orders: [5], 'orders.DLQ': [0] } },
      audit: { committed: { orders: [9] } },
    },
  };

  test('groups without members are not described', async () => {
    const { cluster } = await readScripted(script);
    expect(cluster.nodes[0]?.asked).toEqual(['Metadata', 'ListGroups', 'OffsetFetch', 'ListOffsets', 'ListOffsets']);
  });

  test('a group that the filter leaves out is not asked about', async () => {
    const { snapshot } = await readScripted(script, {
      filter: { groups: names([/.*/], [/audit/]), topics: everything },
    });
    expect([...snapshot.groups.keys()]).toEqual(['billing']);
  });

  test('a topic that the filter leaves out is in no commit and not asked about', async () => {
    const { snapshot } = await readScripted(script, { filter: { groups: everything, topics: names([], [/.*DLQ/]) } });
    expect(snapshot.groups.get('billing')?.committed).toEqual(new Map([['orders', [5]]]));
    expect([...snapshot.topics.keys()]).toEqual(['orders']);
  });

  test('topics that are named as allowed are read whole, committed or not', async () => {
    const { snapshot } = await readScripted(
      { topics: { orders: [{ end: 10 }, { end: 4 }], other: [{}] }, groups: {} },
      { filter: { groups: everything, topics: names([/orders/]) } },
    );
    expect(snapshot.topics).toEqual(
      new Map([
        [
          'orders',
          [
            { logStartOffset: 0, logEndOffset: 10 },
            { logStartOffset: 0, logEndOffset: 4 },
          ],
        ],
      ]),
    );
  });

  test('600 groups take two OffsetFetch requests', async () => {
    const groups = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`g${index}`, {}]));
    const { snapshot, cluster } = await readScripted({ groups });
    expect(snapshot.groups.size).toBe(600);
    expect(cluster.nodes[0]?.asked.filter((api) => api === 'OffsetFetch')).toHaveLength(2);
  });

  test('the cost counts every request, ApiVersions included, and the bytes', async () => {
    const { cost, cluster } = await readScripted(script);
    expect(cost.requests).toBe((cluster.nodes[0]?.asked.length ?? 0) + 1);
    expect(cost.sentBytes).toBeGreaterThan(100);
    expect(cost.receivedBytes).toBeGreaterThan(200);
  });

  test('the next reading uses the same connection, and costs no ApiVersions', async () => {
    const cluster = await aScriptedCluster(script);
    const reader = aKafkaReader(cluster.brokers);
    const first = await reader.read({ atMs: 1_000, deadlineMs: 5_000 });
    const second = await reader.read({ atMs: 2_000, deadlineMs: 5_000 });
    expect(cluster.nodes[0]?.connections()).toBe(1);
    expect(second.cost.requests).toBe(first.cost.requests - 1);
    expect(second.snapshot.groups).toEqual(first.snapshot.groups);
  });

  test('a connection that died between two readings is replaced without a failure', async () => {
    const cluster = await aScriptedCluster(script);
    const reader = aKafkaReader(cluster.brokers);
    await reader.read({ atMs: 1_000, deadlineMs: 5_000 });
    cluster.nodes[0]?.dropConnections();
    const { snapshot } = await reader.read({ atMs: 2_000, deadlineMs: 5_000 });
    expect(snapshot.failures).toEqual([]);
    expect(snapshot.groups.size).toBe(2);
  });
});

describe('partitions that are named', () => {
  const named = (topic: string) => [0, 1].map((partition) => ({ topic, partition }));

  test('are read although no group has to do with them', async () => {
    const { snapshot } = await readScripted(
      { topics: { orders: [{ start: 2, end: 9 }] }, groups: { billing: {} } },
      { partitions: named('orders') },
    );
    // The second one does not exist, which is no failure.
    expect(snapshot.topics).toEqual(new Map([['orders', [{ logStartOffset: 2, logEndOffset: 9 }]]]));
    expect(snapshot.failures).toEqual([]);
  });

  test('of a topic that may not be described are failures, and not gone', async () => {
    const { snapshot } = await readScripted(
      { topics: {}, groups: { billing: {} }, missingTopicError: 29 },
      { partitions: named('secret') },
    );
    expect(snapshot.failures.map(({ part, code }) => `${part} ${code}`)).toEqual([
      'partition TOPIC_AUTHORIZATION_FAILED',
      'partition TOPIC_AUTHORIZATION_FAILED',
    ]);
  });
});
