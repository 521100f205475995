import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { answering } from '../../lambdas/api/answer.ts';
import { apiHandler, type HttpApiAnswer } from '../../lambdas/api/api-handler.ts';
import { aBillingSnapshot, anApiWorld } from '../builders/api-world.ts';

const TOKEN = 'a-token-of-some-length';
const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 3_000 };

/** As API Gateway sends it, format 2.0: the path decoded, the query not, cookies apart. */
const event = (rawPath: string, part: object = {}) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath,
  rawQueryString: '',
  headers: { authorization: `Bearer ${TOKEN}`, host: 'abc.execute-api.eu-west-1.amazonaws.com' },
  requestContext: { http: { method: 'GET', path: rawPath, protocol: 'HTTP/1.1' }, stage: '$default' },
  isBase64Encoded: false,
  ...part,
});

describe('through API Gateway', () => {
  const world = anApiWorld({}, { kind: 'open' });
  const access = { kind: 'token', readToken: async () => TOKEN, isSecure: true } as const;
  const handler = apiHandler(answering(world.sources, access));
  const ask = (rawPath: string, part: object = {}): Promise<HttpApiAnswer> => handler(event(rawPath, part), context);
  beforeAll(() => world.sample(aBillingSnapshot(0)));

  test('a query is decoded, and only once', async () => {
    const { statusCode, body } = await ask('/api/groups', { rawQueryString: 'cluster=prod&search=bill%69ng' });
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ total: 1 });
    expect(
      JSON.parse((await ask('/api/groups', { rawQueryString: 'cluster=prod&search=bill%2569ng' })).body).total,
    ).toBe(0);
  });

  test('who accepts gzip is sent gzip, in base64', async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'accept-encoding': 'gzip, deflate' };
    const answer = await ask('/metrics', { headers });
    expect([answer.isBase64Encoded, answer.headers['content-encoding']]).toEqual([true, 'gzip']);
    expect(gunzipSync(Buffer.from(answer.body, 'base64')).toString()).toContain('sluicegate_groups');
  });

  test('an answer that Lambda could not send says how to ask instead', async () => {
    const large = (encoding: string | null) =>
      apiHandler(async () => {
        const response = new Response('x'.repeat(6_100_000));
        if (encoding !== null) response.headers.set('content-encoding', encoding);
        return response;
      });
    const plain = await large(null)(event('/metrics'), context);
    expect([plain.statusCode, plain.body]).toEqual([406, expect.stringContaining('accept-encoding: gzip')]);
    const packed = await large('gzip')(event('/metrics'), context);
    expect([packed.statusCode, packed.body]).toEqual([413, expect.stringContaining('prometheus.partitions')]);
  });

  test('cookies come and go beside the headers', async () => {
    const body = Buffer.from(new URLSearchParams({ token: TOKEN }).toString()).toString('base64');
    const post = { http: { method: 'POST' } };
    const login = await ask('/login', { headers: {}, requestContext: post, body, isBase64Encoded: true });
    expect(login.statusCode).toBe(303);
    expect(login.headers).not.toHaveProperty('set-cookie');
    const cookies = ['theme=dark', login.cookies[0]?.split(';')[0]];
    expect((await ask('/api/clusters', { headers: {}, cookies })).statusCode).toBe(200);
  });

  test('HEAD is told as much as GET, without the body', async () => {
    const answer = await ask('/api/clusters', { requestContext: { http: { method: 'HEAD' } } });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });

  test('an event of something else is refused as one', async () => {
    await expect(handler({ Records: [] }, context)).rejects.toMatchObject({ code: 'EVENT_INVALID' });
  });
});
