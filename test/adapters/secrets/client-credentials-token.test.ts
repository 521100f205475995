import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientCredentialsToken } from '../../../lambdas/adapters/secrets/client-credentials-token.ts';

/** A token endpoint on this machine, which answers as `reply` says and remembers what it was asked. */
let server: Server;
let tokenEndpoint: string;
let asked: { method: string | undefined; authorization: string | undefined; body: string }[];
let reply: { status: number; body: string; location?: string };
let nowMs: number;

beforeEach(async () => {
  asked = [];
  nowMs = 0;
  reply = { status: 200, body: JSON.stringify({ access_token: 'token-1', token_type: 'Bearer', expires_in: 100 }) };
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  tokenEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
afterEach(() => {
  server.close();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  asked.push({ method: request.method, authorization: request.headers.authorization, body: await text(request) });
  if (reply.location !== undefined) response.setHeader('location', reply.location);
  response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body);
}

const aToken = (scope: string | null = null) =>
  clientCredentialsToken({
    tokenEndpoint,
    scope,
    client: { username: 'lag checker', password: 'hunter:2' },
    clock: { nowMs: () => nowMs },
  });

test('asks with the client credentials grant, both halves of the credentials encoded', async () => {
  expect(await aToken('kafka.read')()).toBe('token-1');
  expect(asked).toEqual([
    {
      method: 'POST',
      authorization: `Basic ${Buffer.from('lag+checker:hunter%3A2').toString('base64')}`,
      body: 'grant_type=client_credentials&scope=kafka.read',
    },
  ]);
});

test.each([
  { afterMs: 79_000, fetches: 1, why: 'most of its life is ahead' },
  { afterMs: 80_000, fetches: 2, why: 'a connection opened now would outlive it' },
])('after $afterMs ms of a token for 100 s there were $fetches fetches: $why', async ({ afterMs, fetches }) => {
  const token = aToken();
  await token();
  nowMs = afterMs;
  await token();
  expect(asked).toHaveLength(fetches);
});

test('a token without a stated life is used once', async () => {
  reply = { status: 200, body: JSON.stringify({ access_token: 'token-1' }) };
  const token = aToken();
  await token();
  await token();
  expect(asked).toHaveLength(2);
});

test.each([
  {
    why: 'refuses the client',
    reply: { status: 401, body: '{"error":"invalid_client","error_description":"unknown"}' },
    says: /HTTP 401: invalid_client, unknown.*check client id/,
  },
  { why: 'answers something else', reply: { status: 200, body: '<html>' }, says: /HTTP 200: its answer holds no/ },
])('an endpoint that $why denies us, without telling the secret', async ({ reply: given, says }) => {
  reply = given;
  const failure = await aToken()().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'BROKER_DENIED', message: expect.stringMatching(says) });
  expect(String(failure)).not.toContain('hunter');
});

test('an endpoint that sends on to another address has the secret shown nowhere else', async () => {
  reply = { status: 307, body: '', location: `${tokenEndpoint}/elsewhere` };
  await expect(aToken()()).rejects.toMatchObject({ code: 'BROKER_DENIED' });
  expect(asked).toHaveLength(1);
});

test('an endpoint that does not answer is unreachable', async () => {
  server.close();
  await once(server, 'close');
  await expect(aToken()()).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
});
