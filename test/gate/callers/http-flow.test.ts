import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_GATE_SETTINGS } from '../../../lambdas/core/gate/settings.ts';
import { httpCaller } from '../../../lambdas/gate/callers/http.ts';
import type { GateResponse } from '../../../lambdas/gate/callers/http-request.ts';
import { gateHandler } from '../../../lambdas/gate/gate-handler.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { aGateWorld } from '../../builders/gate-world.ts';
import { aReleaseStory, type Story } from '../../builders/release-story.ts';

const TOKEN = 'a-token-of-some-length';
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 59_000 };

const healthy = aReleaseStory();
const stalled = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

/** The whole function behind an HTTP server that hands requests over as API Gateway does; and a story it judges. */
async function aGateOverHttp(story: Story) {
  const world = await aGateWorld(story);
  const requests = requestsFor(['prod']);
  const handler = gateHandler({
    ...world,
    freshReading: { take: ({ slotMs }) => world.takeAt(slotMs) },
    settings: DEFAULT_GATE_SETTINGS,
    callersOf: (gate, warn) => [httpCaller({ gate, requests, readToken: async () => TOKEN, warn })],
  });
  const server = createServer(async (request, response) => {
    const event = {
      version: '2.0',
      requestContext: { http: { method: request.method, path: request.url } },
      headers: request.headers,
      body: await text(request),
      isBase64Encoded: false,
    };
    const { statusCode, headers, body } = (await handler(event, context)) as GateResponse;
    response.writeHead(statusCode, headers).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close', ...headers },
      body: JSON.stringify(body),
    });
  return { world, post };
}

describe('a canary of Flagger', () => {
  /** What Flagger does with its hooks, an iteration each minute (flagger, pkg/controller/scheduler.go). */
  async function canary(story: Story) {
    const { world, post } = await aGateOverHttp(story);
    const hook = async (path: string) => {
      const body = {
        name: 'billing',
        namespace: 'shop',
        phase: 'Progressing',
        checksum: '85d557f47b',
        metadata: { group: 'billing', client: '^new', strategy: 'canary', onInconclusive: 'rollback', token: TOKEN },
      };
      const { status } = await post(path, body);
      return status <= 202;
    };
    if (!(await hook('/gate/preflight'))) return { end: 'Waiting', minute: 0, world };
    for (let minute = 1; minute <= 40; minute += 1) {
      await world.until(minute);
      if (await hook('/gate/rollback')) return { end: 'rolled back', minute, world };
      if (!(await hook('/gate/check'))) return { end: 'failed checks', minute, world };
      if (await hook('/gate/promote')) return { end: 'promoted', minute, world };
    }
    return { end: 'never', minute: 40, world };
  }

  test('goes on to its promotion when all is well', async () => {
    const { end, minute, world } = await canary(healthy);
    expect(end).toBe('promoted');
    expect(minute).toBeGreaterThan(10);
    const { entries } = await world.ledger.list({ cluster: 'prod', limit: 9 });
    expect(entries).toMatchObject([
      { state: 'finished', attempt: { askedBy: { caller: 'flagger', name: 'shop/billing' } } },
    ]);
  });

  test('is rolled back at once when a partition stalls', async () => {
    const { end, minute } = await canary(stalled);
    expect(end).toBe('rolled back');
    expect(minute).toBeLessThan(12);
  });
});

describe('an analysis of Argo Rollouts', () => {
  /** Measures each minute, as a run with these conditions does (argo-rollouts, analysis/controller.go). */
  async function analysis(story: Story) {
    const { world, post } = await aGateOverHttp(story);
    const body = {
      group: 'billing',
      canaryHash: '5f8d',
      strategy: 'canary',
      canary: { client: '^new' },
      onInconclusive: 'manual',
    };
    const seen: string[] = [];
    for (let minute = 0; minute < 40; minute += 1) {
      if (minute > 0) await world.until(minute);
      const response = await post('/gate/argo', body, { authorization: `Bearer ${TOKEN}` });
      expect(response.status).toBe(200);
      const result = (await response.json()) as { readonly decision: string };
      seen.push(result.decision);
      if (result.decision === 'PROMOTE') return { phase: 'Successful', seen };
      if (result.decision === 'ROLLBACK') return { phase: 'Failed', seen };
    }
    return { phase: 'Inconclusive', seen };
  }

  test.each([
    { phase: 'Successful', story: healthy },
    { phase: 'Failed', story: stalled },
  ])('ends $phase, and was inconclusive until then', async ({ phase, story }) => {
    const { seen, ...run } = await analysis(story);
    expect(run.phase).toBe(phase);
    expect(new Set(seen.slice(0, -1))).toEqual(new Set(['CONTINUE']));
  });

  test('is not let in without its token', async () => {
    const { post, world } = await aGateOverHttp(healthy);
    expect((await post('/gate/argo', { group: 'billing' })).status).toBe(401);
    expect(await world.ledger.readOpen('prod')).toEqual([]);
  });
});
