import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';
import { shapeOf } from './shape.ts';

interface Vector {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyFile: string | null;
}

const FOLDER = 'test/fixtures/burrow-api';
const { entries } = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as { entries: readonly Vector[] };
const bodyOf = ({ bodyFile }: Vector): string =>
  bodyFile === null ? '' : readFileSync(`${FOLDER}/${bodyFile}`, 'utf8');

const clusters = ['k39', 'k43'].map((name) => ({ name, brokers: ['kafka-1.example.internal:9092'] }));
const HOST = { host: 'burrow.example.internal' };

/** Burrow's clusters, with groups of the same names: one stopped, one in order, one with a few commits only. */
function burrowsWorld() {
  const world = anApiWorld({ clusters });
  const fill = async () => {
    for (let minute = 0; minute < 14; minute++) {
      const { topics, groups, ...rest } = aBillingSnapshot(minute, 6);
      const healthy = aBillingSnapshot(minute);
      const [orders, billing, calm] = [topics.get('orders'), groups.get('billing'), healthy.groups.get('billing')];
      if (!orders || !billing || !calm) throw new Error('the builder changed');
      const committedTo = (group: typeof billing, topic: string) => ({
        ...group,
        committed: new Map([[topic, group.committed.get('orders') ?? []]]),
        members: group.members?.map((member) => ({ ...member, assigned: new Map([[topic, [0, 1]]]) })) ?? null,
      });
      await world.sample({
        ...rest,
        cluster: 'k39',
        topics: new Map(['t-stopped', 't-healthy', 't-idle'].map((topic) => [topic, orders])),
        groups: new Map([
          ['g-stopped', committedTo(billing, 't-stopped')],
          ['g-healthy', committedTo(calm, 't-healthy')],
          ...(minute > 9 ? [['g-idle', committedTo(calm, 't-idle')] as const] : []),
        ]),
      });
    }
  };
  return { world, fill };
}

const READS = entries.filter(
  ({ method, name }) => method === 'GET' && !name.startsWith('state-') && name !== '03-metrics',
);

describe("Burrow's API", () => {
  const { world, fill } = burrowsWorld();
  beforeAll(fill);

  test.each(READS)('$name: $path has the status, the type and the fields of Burrow', async (vector) => {
    const response = await world.get(vector.path, HOST);
    expect(response.status).toBe(vector.status);
    expect(response.headers.get('content-type')).toBe(vector.headers['Content-Type']);
    expect(response.headers.get('location')).toBe(vector.headers['Location'] ?? null);
    const [ours, theirs] = [await response.text(), bodyOf(vector)];
    if (!theirs.startsWith('{')) return expect(ours).toBe(theirs);
    expect(shapeOf(JSON.parse(ours))).toEqual(shapeOf(JSON.parse(theirs)));
  });

  test.each(
    READS.filter(({ status, name }) => status === 404 && name !== '50-404'),
  )('$name: what is not there is said in the same words', async (vector) => {
    const response = await world.get(vector.path, HOST);
    expect(await response.json()).toEqual(JSON.parse(bodyOf(vector)));
  });

  test('a path that nobody knows is answered as by Burrow', async () => {
    const response = await world.get('/v2/kafka');
    expect(await response.text()).toBe(readFileSync(`${FOLDER}/50-404.json`, 'utf8'));
  });

  test.each([
    { method: 'DELETE', path: '/v3/kafka/k43/consumer/nope' },
    { method: 'DELETE', path: '/v3/kafka/k43/consumer/g-classic/topic/nope' },
    { method: 'POST', path: '/v3/admin/loglevel' },
  ])('$method $path changes nothing, and says why', async (request) => {
    const response = await world.send(request);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
    expect(await response.json()).toMatchObject({ error: true, message: expect.stringMatching(/\w{4}/), request: {} });
  });

  test.each([
    { method: 'POST', path: '/v3/kafka' },
    { method: 'HEAD', path: '/v3/kafka' },
  ])('$method $path is refused as by Burrow', async (request) => {
    const response = await world.send(request);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, OPTIONS']);
  });
});
