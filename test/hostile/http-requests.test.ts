import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { answering } from '../../lambdas/api/answer.ts';
import { apiHandler, type HttpApiAnswer } from '../../lambdas/api/api-handler.ts';
import { SECURITY_HEADERS } from '../../lambdas/api/http/response.ts';
import { anApiWorld } from '../builders/api-world.ts';
import { HOSTILE_NAMES } from '../builders/hostile-names.ts';
import { aGroup, aSnapshot } from '../builders/snapshots.ts';

const TOKEN = 'f2c1be7e0d6a4a0f9d';
const GROUP = 'a-group-that-is-no-one’s-business';
const RUNS = 600;
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 29_000 };

const ROUTES = [
  '/',
  '/metrics',
  '/login',
  '/logout',
  '/login.css',
  '/api/',
  '/api/clusters',
  '/api/groups',
  '/api/group',
  '/api/history',
  '/api/incidents',
  '/api/releases',
  '/api/release',
  '/api/openapi.json',
  '/v3/kafka',
  '/v3/kafka/prod',
  '/v3/kafka/prod/topic',
  '/v3/kafka/prod/consumer',
  '/v3/kafka/prod/consumer/a/lag',
  '/v3/config',
  '/v3/config/cluster',
  '/v3/admin/loglevel',
  '/burrow/admin',
  '/v2/kafka',
  '/gate/check',
  '/page.js',
];
const NAMES = HOSTILE_NAMES.map(({ name }) => name);

const anyText = fc.oneof(
  fc.constantFrom<string>(
    ...NAMES,
    '..',
    '%',
    '%00',
    '%2f..%2f',
    '\\',
    '//',
    '\u0000',
    '9'.repeat(30),
    '-1',
    '1e9',
    'x'.repeat(3_000),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const anyPath = fc
  .tuple(fc.constantFrom(...ROUTES), fc.array(anyText, { maxLength: 3 }), fc.constantFrom('', '/', '////'))
  .map(([route, parts, end]) => [route, ...parts].join('/').replace(/^\/\//, '/') + end);
const anyParameter = fc.constantFrom(
  'cluster',
  'group',
  'search',
  'status',
  'type',
  'sort',
  'order',
  'offset',
  'limit',
  'fromMs',
  'toMs',
  'points',
  'topic',
  'partition',
  'after',
  'release',
  'token',
  '__proto__',
  'constructor',
);
const anyQuery = fc.oneof(
  fc
    .array(fc.tuple(anyParameter, fc.oneof(anyText, fc.constantFrom('prod', '1', '0'))), { maxLength: 5 })
    .map((pairs) => `cluster=prod&${new URLSearchParams(pairs)}`),
  fc.array(fc.tuple(anyParameter, anyText), { maxLength: 3 }).map((pairs) => `${new URLSearchParams(pairs)}`),
  anyText,
);
/** As Node and API Gateway let them through: no controls, no more than eight bits a character. */
const anyHeader = anyText.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim());
const anyBody = fc.oneof(
  anyText,
  anyText.map((token) => `${new URLSearchParams({ token })}`),
  fc.constantFrom('x'.repeat(20_000), 'token='.repeat(1_000), '{"token":{}}'),
);
const anyRequest = fc.record({
  rawPath: anyPath,
  rawQueryString: anyQuery,
  cookies: fc.array(anyHeader, { maxLength: 2 }),
  headers: fc.dictionary(
    fc.constantFrom(
      'authorization',
      'accept',
      'accept-encoding',
      'host',
      'origin',
      'sec-fetch-site',
      'content-type',
      'x-forwarded-for',
    ),
    anyHeader,
  ),
  requestContext: fc.record({
    http: fc.record({ method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'get', '') }),
  }),
  body: anyBody,
  isBase64Encoded: fc.boolean(),
});
type AnyRequest = typeof anyRequest extends fc.Arbitrary<infer Value> ? Value : never;

describe('whatever is sent', () => {
  const world = anApiWorld();
  const handler = apiHandler(answering(world.sources, { kind: 'token', readToken: async () => TOKEN, isSecure: true }));
  const send = (request: AnyRequest): Promise<HttpApiAnswer> => handler(request, context);
  beforeAll(() => world.sample(aSnapshot({ groups: new Map([GROUP, ...NAMES].map((name) => [name, aGroup()])) })));

  test('without the token is answered by nothing but the login, and tells nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const answer = await send(request);
        expect([200, 303, 401, 413, 414]).toContain(answer.statusCode);
        expect(textOf(answer)).not.toContain(GROUP);
        if (answer.statusCode === 200) expect(textOf(answer)).toMatch(/^$|Access token|color-scheme|One moment/);
        expect(answer.cookies.every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
        expectGuarded(answer);
      }),
      { numRuns: RUNS, seed: 77 },
    );
  });

  test('with it is answered or refused, and is no error of ours; nothing comes back as markup', async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const answer = await send({ ...request, headers: { ...request.headers, authorization: `Bearer ${TOKEN}` } });
        expect([200, 301, 303, 400, 401, 404, 405, 413, 414]).toContain(answer.statusCode);
        if (/html/.test(answer.headers['content-type'] ?? '')) expect(textOf(answer)).not.toMatch(/<(script|img)/);
        expect(answer.headers['location'] ?? '/').toMatch(/^\/(?!\/)/);
        expectGuarded(answer);
      }),
      { numRuns: RUNS, seed: 77 },
    );
  });

  test('takes no longer for a text made to be slow', async () => {
    const slow = ['/'.repeat(2_000), `/v3/kafka/${'/'.repeat(2_000)}x`, `/v3${'%25'.repeat(600)}`];
    const startMs = performance.now();
    for (const rawPath of slow) {
      const headers = { authorization: `Bearer ${TOKEN}`, cookie: '; '.repeat(4_000), accept: 'a'.repeat(8_000) };
      await send({
        rawPath,
        rawQueryString: 'a&'.repeat(4_000),
        cookies: [],
        headers,
        requestContext: { http: { method: 'GET' } },
        body: '',
        isBase64Encoded: false,
      });
    }
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});

const textOf = ({ body, isBase64Encoded }: HttpApiAnswer): string =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString('latin1') : body;

/** Every answer forbids what a browser might do with it, a refusal as well. */
function expectGuarded({ headers }: HttpApiAnswer): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (name === 'cache-control') expect(headers[name]).toMatch(/^no-store$|^private, /);
    else expect(headers[name]).toBe(value);
  }
}
