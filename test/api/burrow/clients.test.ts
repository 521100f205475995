import { afterAll, beforeAll, expect, test } from 'vitest';
import { answering } from '../../../lambdas/api/answer.ts';
import { type HttpServer, startHttpServer } from '../../../local/http-server.ts';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';

const TOKEN = 'a-token-of-some-length';

let server: HttpServer;
const asked: string[] = [];

/** GET over HTTP with Basic, as Go's `SetBasicAuth` or a URL with user and password sends it. Any status but 200 is an error. */
async function get(path: string): Promise<Record<string, unknown>> {
  asked.push(path);
  const authorization = `Basic ${Buffer.from(`telegraf:${TOKEN}`).toString('base64')}`;
  const response = await fetch(server.url + path, { headers: { authorization } });
  if (response.status !== 200) throw new Error(`wrong response: ${response.status} of ${path}`);
  return path.endsWith('/burrow/admin') ? {} : ((await response.json()) as Record<string, unknown>);
}

beforeAll(async () => {
  const world = anApiWorld({}, { kind: 'token', readToken: async () => TOKEN, isSecure: false });
  for (let minute = 0; minute < 40; minute++) {
    const { groups, ...snapshot } = aBillingSnapshot(minute, 34);
    const billing = groups.get('billing');
    if (billing === undefined) throw new Error('the builder changed');
    await world.sample({ ...snapshot, groups: new Map([...groups, ['team a/b', { ...billing }]]) });
  }
  const access = { kind: 'token', readToken: async () => TOKEN, isSecure: false } as const;
  const log = {
    warn: () => {},
    error: (_: string, { error }: { readonly error: Error }) => expect.unreachable(error.message),
  };
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    names: null,
    answer: answering(world.sources, access),
    log,
  });
});
afterAll(() => server.stop());

/** A place in a Go structure: a missing name, or null, reads as its zero. */
const numberIn = (value: unknown): number => {
  if (value === undefined || value === null) return 0;
  if (typeof value !== 'number' || !Number.isSafeInteger(value))
    throw new Error(`not an int64: ${JSON.stringify(value)}`);
  return value;
};
const record = (value: unknown) => (value ?? {}) as Record<string, unknown>;
const list = (value: unknown) => value as readonly unknown[];
const text = (value: unknown) => {
  if (typeof value !== 'string') throw new Error(`not a string: ${JSON.stringify(value)}`);
  return value;
};
/** Telegraf escapes a name and then the whole path again. */
const twice = (name: string) => encodeURIComponent(encodeURIComponent(name));

test("Telegraf's inputs.burrow gathers its three measurements without an error", async () => {
  asked.length = 0;
  const groups: unknown[] = [];
  const topics: unknown[] = [];
  const partitions: unknown[] = [];
  for (const cluster of list((await get('/v3/kafka'))['clusters']).map(text)) {
    for (const topic of list((await get(`/v3/kafka/${cluster}/topic`))['topics']).map(text)) {
      const offsets = list((await get(`/v3/kafka/${cluster}/topic/${twice(topic)}`))['offsets']);
      topics.push(...offsets.map((offset, partition) => ({ cluster, topic, partition, offset: numberIn(offset) })));
    }
    for (const group of list((await get(`/v3/kafka/${cluster}/consumer`))['consumers']).map(text)) {
      const status = record((await get(`/v3/kafka/${cluster}/consumer/${twice(group)}/lag`))['status']);
      const lags = list(status['partitions']).map(record);
      groups.push({
        group,
        status: text(status['status']),
        partitionCount: numberIn(status['partition_count']),
        totalLag: numberIn(status['totallag']),
        lag: numberIn(record(status['maxlag'])['current_lag']),
        offset: Math.max(...lags.map(({ end }) => numberIn(record(end)['offset']))),
        timestamp: Math.max(...lags.map(({ end }) => numberIn(record(end)['timestamp']))),
      });
      for (const lag of lags) {
        partitions.push({
          group,
          topic: text(lag['topic']),
          partition: numberIn(lag['partition']),
          status: text(lag['status']),
          lag: numberIn(lag['current_lag']),
          owner: text(lag['owner']),
          start: [numberIn(record(lag['start'])['offset']), numberIn(record(lag['start'])['lag'])],
        });
      }
    }
  }
  expect(topics).toEqual([
    { cluster: 'prod', topic: 'orders', partition: 0, offset: 12_700 },
    { cluster: 'prod', topic: 'orders', partition: 1, offset: 13_700 },
  ]);
  expect(groups).toMatchObject([
    { group: 'billing', status: 'ERR', partitionCount: 2, totalLag: 3_000, lag: 1_500, offset: 12_200 },
    { group: 'team a/b', status: 'ERR' },
  ]);
  expect(partitions).toHaveLength(4);
  expect(partitions[0]).toMatchObject({ group: 'billing', topic: 'orders', partition: 0, status: 'STOP', lag: 1_500 });
  expect(asked).toContain('/v3/kafka/prod/consumer/team%2520a%252Fb/lag');
});

test('burrow_exporter reads every value that it exports', async () => {
  await get('/burrow/admin');
  const clusters = await get('/v3/kafka');
  expect(clusters['error']).toBe(false);
  const exported: unknown[] = [];
  for (const cluster of list(clusters['clusters']).map(text)) {
    const consumers = await get(`/v3/kafka/${cluster}/consumer`);
    const topics = await get(`/v3/kafka/${cluster}/topic`);
    expect([consumers['error'], topics['error']]).toEqual([false, false]);
    for (const group of list(consumers['consumers']).map(text)) {
      const answer = await get(`/v3/kafka/${cluster}/consumer/${encodeURI(group)}/lag`);
      expect(answer['error']).toBe(false);
      const status = record(answer['status']);
      for (const partition of list(status['partitions']).map(record)) {
        exported.push([
          text(status['cluster']),
          text(status['group']),
          text(partition['topic']),
          numberIn(partition['partition']),
          numberIn(partition['current_lag']),
          numberIn(record(partition['end'])['offset']),
          text(partition['status']),
          // A field of Burrow's second version: absent in the third, and read as 0.
          numberIn(record(partition['end'])['max_offset']),
        ]);
      }
      exported.push([text(status['status']), numberIn(status['totallag'])]);
    }
    for (const topic of list(topics['topics']).map(text)) {
      exported.push(list((await get(`/v3/kafka/${cluster}/topic/${topic}`))['offsets']).map(numberIn));
    }
  }
  expect(exported).toEqual([
    ['prod', 'billing', 'orders', 0, 1_500, 11_200, 'STOP', 0],
    ['prod', 'billing', 'orders', 1, 1_500, 12_200, 'STOP', 0],
    ['ERR', 3_000],
    ['prod', 'team a/b', 'orders', 0, 1_500, 11_200, 'STOP', 0],
    ['prod', 'team a/b', 'orders', 1, 1_500, 12_200, 'STOP', 0],
    ['ERR', 3_000],
    [12_700, 13_700],
  ]);
});
