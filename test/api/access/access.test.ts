import { beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../lambdas/api/access/access.ts';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';

const TOKEN = 'f2c1be7e0d6a4a0f9d';
const GUARDED: Access = { kind: 'token', readToken: async () => TOKEN, isSecure: true };
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('with a token', () => {
  const world = anApiWorld({}, GUARDED);
  beforeAll(() => world.sample(aBillingSnapshot(0)));

  test.each([
    { why: 'a bearer token', authorization: `Bearer ${TOKEN}` },
    { why: 'the scheme in any case', authorization: `bearer ${TOKEN}` },
    { why: 'Telegraf sends user and password', authorization: basic('telegraf', TOKEN) },
    { why: 'no user at all', authorization: basic('', TOKEN) },
  ])('lets in: $why', async ({ authorization }) => {
    expect((await world.get('/api/clusters', { authorization })).status).toBe(200);
  });

  test.each([
    { why: 'nothing', headers: {} },
    { why: 'another token', headers: { authorization: 'Bearer f2c1be7e0d6a4a0f9e' } },
    { why: 'the beginning of the token', headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } },
    { why: 'the token as user', headers: { authorization: basic(TOKEN, '') } },
    { why: 'no colon', headers: { authorization: `Basic ${Buffer.from(TOKEN).toString('base64')}` } },
    { why: 'no scheme', headers: { authorization: TOKEN } },
    { why: 'another scheme', headers: { authorization: `Digest ${TOKEN}` } },
    { why: 'the token as a cookie', headers: { cookie: `__Host-sluicegate=${TOKEN}` } },
    { why: 'a session that was made up', headers: { cookie: `__Host-sluicegate=9999999999.${'A'.repeat(43)}` } },
    { why: 'the token in the query', headers: {}, query: `?token=${TOKEN}` },
  ])('keeps out, in one line, and says it once: $why', async ({ headers, query = '' }) => {
    world.logged.length = 0;
    const response = await world.get(`/v3/kafka${query}`, headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic realm="sluicegate"');
    const body = await response.text();
    expect(body.trimEnd().split('\n')).toHaveLength(1);
    expect(body).not.toContain(TOKEN);
    expect(world.logged).toEqual(['request refused 401']);
  });

  test('keeps out of everything, found or not, so that nobody learns what there is', async () => {
    for (const path of ['/', '/api/groups?cluster=prod', '/metrics', '/burrow/admin', '/nowhere', '/v3/kafka/../x']) {
      expect((await world.get(path)).status, path).toBe(401);
    }
  });

  test("a browser is asked to log in, and the page's own calls never open its login box", async () => {
    const visit = await world.get('/', { accept: 'text/html,*/*' });
    expect([visit.status, visit.headers.get('location')]).toEqual([303, '/login']);
    expect((await world.get('/api/clusters')).headers.get('www-authenticate')).toBe('Bearer realm="sluicegate"');
  });

  test('who comes by a link from elsewhere is let come again, with the cookie', async () => {
    const visit = await world.get('/', { accept: 'text/html', 'sec-fetch-site': 'cross-site' });
    expect(visit.status).toBe(200);
    expect(await visit.text()).toContain('http-equiv="refresh"');
  });
});

describe('a login', () => {
  const world = anApiWorld({}, GUARDED);
  const logIn = (token: string) =>
    world.send({ method: 'POST', path: '/login', body: new URLSearchParams({ token }).toString() });

  test('gives a cookie that no script reads, no other site sends, and that is not the token', async () => {
    const response = await logIn(TOKEN);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^__Host-sluicegate=\d+\.[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect(cookie).not.toContain(TOKEN);
    const session = { cookie: `theme=dark; ${cookie.split(';')[0]}` };
    expect((await world.get('/api/clusters', session)).status).toBe(200);
    world.nowMs += 12 * 3_600_000;
    expect((await world.get('/api/clusters', session)).status).toBe(401);
  });

  test('with the wrong token asks again, and tells the log once', async () => {
    world.logged.length = 0;
    const response = await logIn('wrong');
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).toContain('That is not the token.');
    expect(world.logged).toEqual(['request refused 401']);
  });

  test('ends all over when the token is another one', async () => {
    const cookie = (await logIn(TOKEN)).headers.get('set-cookie')?.split(';')[0] ?? '';
    const rotated = anApiWorld({}, { ...GUARDED, readToken: async () => 'another token of 18' });
    expect((await rotated.get('/api/clusters', { cookie })).status).toBe(401);
  });

  test('nothing can be written with a cookie', async () => {
    const cookie = (await logIn(TOKEN)).headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/', '/api/clusters', '/v3/admin/loglevel', '/v3/kafka/prod/consumer/billing']) {
        expect((await world.send({ method, path, headers: { cookie } })).status, `${method} ${path}`).toBe(405);
      }
    }
  });

  test('is over after the logout', async () => {
    const response = await world.send({ method: 'POST', path: '/logout' });
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
  });
});

describe('every answer', () => {
  const world = anApiWorld();

  test.each([
    '/',
    '/api/clusters',
    '/nowhere',
    '/metrics',
  ])('of %s may not be kept, framed or scripted', async (path) => {
    const { headers } = await world.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
  });
});

test.each([
  { why: 'a path too long', request: { path: `/${'a'.repeat(3_000)}` }, status: 414 },
  { why: 'a query too long', request: { path: `/api/groups?search=${'a'.repeat(9_000)}` }, status: 414 },
  { why: 'a body too large', request: { method: 'POST', path: '/login', body: 'a'.repeat(9_000) }, status: 413 },
  { why: 'up and away', request: { path: '/api/../../etc/passwd' }, status: 404 },
  { why: 'up and away, encoded', request: { path: '/%2e%2e/%2e%2e/etc/passwd' }, status: 404 },
  { why: 'a NUL', request: { path: '/api/clusters%00.html' }, status: 404 },
  { why: 'another server', request: { path: '//evil.example/' }, status: 404 },
  { why: 'a property of every object', request: { path: '/__proto__' }, status: 404 },
  { why: 'a method that nobody knows', request: { method: 'BREW', path: '/' }, status: 405 },
  { why: 'a cluster that is a property', request: { path: '/api/groups?cluster=__proto__' }, status: 404 },
  { why: 'an unknown parameter', request: { path: '/api/groups?cluster=prod&limt=3' }, status: 400 },
  { why: 'a parameter twice', request: { path: '/api/groups?cluster=prod&cluster=x' }, status: 400 },
])('refuses, in one line, and says it once: $why', async ({ request, status }) => {
  const world = anApiWorld();
  const response = await world.send(request);
  expect(response.status).toBe(status);
  expect((await response.text()).trimEnd().split('\n')).toHaveLength(1);
  expect(world.logged).toEqual([`request refused ${status}`]);
});

test('what fails inside says no more than its code, and stands in the log once', async () => {
  const failing = { ...GUARDED, readToken: () => Promise.reject(new Error('secret-arn-and-stack')) };
  const world = anApiWorld({}, failing);
  const response = await world.get('/api/clusters');
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ error: 'it failed (BUG); the log says why' });
  expect(world.logged).toEqual(['request failed BUG']);
});
