import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HttpServer, startHttpServer } from '../../local/http-server.ts';
import { serveAnswers, servingOf } from '../../local/serve-answers.ts';
import { aBillingSnapshot, anApiWorld } from '../builders/api-world.ts';

const TOKEN = 'a-token-of-some-length';
const silent = new Proxy({}, { get: () => () => undefined }) as Parameters<typeof serveAnswers>[1]['teller'];

test.each(['127.0.0.1', 'localhost', '::1'])('%s needs no token', (host) => {
  expect(servingOf({ host, port: 0, token: null }).access).toEqual({ kind: 'open' });
});

test.each(['0.0.0.0', '::', '192.168.1.7', 'example.org'])('%s needs one', (host) => {
  expect(() => servingOf({ host, port: 0, token: null })).toThrow(/--token-file/);
  expect(servingOf({ host, port: 0, token: TOKEN }).access.kind).toBe('token');
});

test.each([
  'hunter2\n',
  'sixteen characters and spaces',
  'sixteen-characters-é',
])('the token %j is refused', (token) => {
  expect(() => servingOf({ host: '127.0.0.1', port: 0, token })).toThrow(/16 characters/);
});

describe('the server', () => {
  let server: HttpServer;
  const world = anApiWorld();
  beforeAll(async () => {
    await world.sample(aBillingSnapshot(0));
    server = await serveAnswers(servingOf({ host: '127.0.0.1', port: 0, token: null }), {
      sources: world.sources,
      gate: async () => expect.unreachable('the gate needs a token'),
      teller: silent,
    });
  });
  afterAll(() => server.stop());

  const statusOf = async (path: string, options: { method?: string; host?: string; body?: string } = {}) => {
    const { port } = new URL(server.url);
    const { method = 'GET', host = `localhost:${port}`, body } = options;
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host } });
    sent.end(body);
    const [response] = await once(sent, 'response');
    response.resume();
    return (response as { statusCode: number }).statusCode;
  };

  test.each([
    { why: 'what is there', path: '/api/clusters', status: 200 },
    { why: 'another name for this address: DNS rebinding', path: '/', host: 'evil.example', status: 421 },
    { why: 'an encoding that is none', path: '/%E0%A4%A', status: 400 },
    { why: 'a body larger than any login', method: 'POST', path: '/x', body: 'a'.repeat(9_000), status: 413 },
    { why: 'no path at all', path: 'http://evil.example/', status: 400 },
    { why: 'the gate, without any token', method: 'POST', path: '/gate/check', status: 404 },
    { why: 'a host in the path', path: '//evil.example/api/clusters', status: 404 },
  ])('$why is $status', async ({ path, status, ...options }) => {
    expect(await statusOf(path, options)).toBe(status);
  });

  test('what is no HTTP is refused', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  });

  // Used to be a rejection that nobody handled, which ends the process: anybody could do it, without a token.
  test('who goes away in the middle of a request ends nothing', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST /login HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nabc');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    expect(await statusOf('/api/clusters')).toBe(200);
  });

  test('an answer that fails is told, and is 500', async () => {
    const told: string[] = [];
    const failing = await startHttpServer({
      host: '127.0.0.1',
      port: 0,
      names: null,
      answer: async () => Promise.reject(new Error('no answer')),
      log: { warn() {}, error: (_message, { error }) => told.push(error.message) },
    });
    expect((await fetch(failing.url)).status).toBe(500);
    expect(told).toEqual(['no answer']);
    await failing.stop();
  });

  test('a port that is taken is said in words', async () => {
    const port = Number(new URL(server.url).port);
    const taken = {
      host: '127.0.0.1',
      port,
      names: null,
      answer: async () => new Response(),
      log: { warn() {}, error() {} },
    };
    await expect(startHttpServer(taken)).rejects.toMatchObject({ code: 'USAGE_INVALID' });
  });
});

test('what is for the gate goes to the gate, as API Gateway would send it; it checks the token itself', async () => {
  const events: unknown[] = [];
  const gate = async (event: unknown) => {
    events.push(event);
    return { statusCode: 403, headers: { 'content-type': 'application/json' }, body: '{"decision":"ROLLBACK"}' };
  };
  const serving = servingOf({ host: '127.0.0.1', port: 0, token: TOKEN });
  const server = await serveAnswers(serving, { sources: anApiWorld().sources, gate, teller: silent });
  const sent = { method: 'POST', headers: { 'x-of': 'flagger' }, body: '{"phase":"Progressing"}' };
  const response = await fetch(`${server.url}/gate/check`, sent);
  await server.stop();
  expect([response.status, await response.json()]).toEqual([403, { decision: 'ROLLBACK' }]);
  expect(events).toMatchObject([
    {
      rawPath: '/gate/check',
      requestContext: { http: { method: 'POST', path: '/gate/check' } },
      headers: { 'x-of': 'flagger' },
      body: '{"phase":"Progressing"}',
    },
  ]);
});
