import { describe, expect, test } from 'vitest';
import { SluicegateError } from '../../../lambdas/core/errors.ts';
import { httpCaller } from '../../../lambdas/gate/callers/http.ts';
import type { GateResponse } from '../../../lambdas/gate/callers/http-request.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { type Said, scriptedGate, toldAside } from '../../builders/scripted-gate.ts';

const TOKEN = 'a-token-of-some-length';

const flaggerBody = (metadata: object = {}, part: object = {}) => ({
  name: 'billing',
  namespace: 'shop',
  phase: 'Progressing',
  checksum: '85d557f47b',
  metadata: { group: 'billing', client: '^new', onInconclusive: 'rollback', token: TOKEN, ...metadata },
  ...part,
});

const argoBody = (part: object = {}) => ({
  group: 'billing',
  canaryHash: '5f8d',
  strategy: 'canary',
  canary: { client: '5f8d' },
  onInconclusive: 'manual',
  ...part,
});

const anEvent = (path: string, body: unknown, part: object = {}) => ({
  version: '2.0',
  requestContext: { http: { method: 'POST', path } },
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  isBase64Encoded: false,
  ...part,
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

function aDoor(said: Said, readToken = async () => TOKEN) {
  const scripted = scriptedGate(said);
  const aside = toldAside();
  const caller = httpCaller({ ...scripted, ...aside, requests: requestsFor(['prod']), readToken });
  const ask = async (event: object) => (await caller.answer(event)) as GateResponse;
  return { ...scripted, aside, caller, ask };
}

describe('Flagger', () => {
  const ALL = ['PROMOTE', 'ROLLBACK', 'CONTINUE', 'INCONCLUSIVE', 'ours', 'theirs'] as const;

  test.each([
    { path: '/gate/preflight', yes: ['PROMOTE', 'ROLLBACK', 'CONTINUE', 'INCONCLUSIVE'] },
    { path: '/gate/check', yes: ['PROMOTE', 'CONTINUE'] },
    { path: '/gate/promote', yes: ['PROMOTE'] },
    // Yes means: roll back now.
    { path: '/gate/rollback', yes: ['ROLLBACK'] },
  ])('$path says yes by 200 to $yes, and no by 403 to everything else, a failure too', async ({ path, yes }) => {
    for (const said of ALL) {
      const { ask } = aDoor(said);
      const { statusCode } = await ask(anEvent(path, flaggerBody()));
      expect([said, statusCode]).toEqual([said, yes.includes(said) ? 200 : 403]);
    }
  });

  test('the answer is there for people, too', async () => {
    const { ask } = aDoor('CONTINUE');
    const { body } = await ask(anEvent('/gate/promote', flaggerBody()));
    expect(JSON.parse(body)).toMatchObject({ decision: 'CONTINUE', reasons: [{ sentence: '7 of 10 seen' }] });
  });

  test('one revision of one canary is one release, whichever hook asks', async () => {
    const { ask, asked } = aDoor('CONTINUE');
    await ask(anEvent('/gate/preflight', flaggerBody()));
    await ask(anEvent('/gate/check', flaggerBody()));
    expect(asked).toMatchObject([
      {
        what: 'start',
        with: {
          executionId: 'shop/billing/85d557f47b',
          requestId: 'shop/billing/85d557f47b',
          canary: { client: '^new', instance: null, host: null },
          askedBy: { caller: 'flagger', name: 'shop/billing' },
        },
      },
      { what: 'judge', with: { executionId: 'shop/billing/85d557f47b' } },
    ]);
  });

  test('a canary that is over by itself ends its release: the next one needs the group', async () => {
    const { ask, asked } = aDoor('CONTINUE');
    for (const phase of ['Progressing', 'Failed', 'Succeeded']) {
      expect(await ask(anEvent('/gate/event', flaggerBody({}, { phase })))).toMatchObject({ statusCode: 200 });
    }
    expect(asked.map(({ what }) => what)).toEqual(['finish', 'finish']);
  });

  test.each([
    '/gate/',
    '/gate/rollback/',
    '/gate/rollbacks',
    '/gate/Rollback',
    '/',
  ])('an unknown path (%s) is never a yes, whatever the gate says', async (path) => {
    const { ask } = aDoor('ROLLBACK');
    expect((await ask(anEvent(path, flaggerBody()))).statusCode).toBe(404);
  });

  test.each([
    { why: 'without metadata', body: { name: 'billing' } },
    { why: 'that is no JSON', body: undefined },
    { why: 'with a wrong policy', body: flaggerBody({ onInconclusive: 'maybe' }) },
    { why: 'with a mistyped key', body: flaggerBody({ grup: 'x' }) },
    {
      why: 'by GET',
      body: flaggerBody(),
      part: { requestContext: { http: { method: 'GET', path: '/gate/rollback' } } },
    },
  ])('a call $why is a no', async ({ body, part }) => {
    const { ask, asked } = aDoor('ROLLBACK');
    const { statusCode } = await ask(anEvent('/gate/rollback', body, part));
    expect(statusCode).toBeGreaterThanOrEqual(400);
    expect(statusCode).toBeLessThan(500);
    expect(asked).toEqual([]);
  });
});

describe('Argo Rollouts', () => {
  const measured = (said: Said, body: unknown = argoBody(), part: object = bearer(TOKEN)) => {
    const door = aDoor(said);
    return { ...door, response: door.ask(anEvent('/gate/argo', body, part)) };
  };

  test.each([
    'PROMOTE',
    'ROLLBACK',
    'CONTINUE',
    'INCONCLUSIVE',
  ] as const)('reads %s out of the answer', async (said) => {
    const { response, asked } = measured(said);
    const { statusCode, body } = await response;
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ decision: said, releaseId: 'billing-1' });
    expect(asked.map(({ what }) => what)).toEqual(['start', 'judge']);
    expect(asked[0]).toMatchObject({ with: { executionId: '5f8d', requestId: '5f8d' } });
  });

  test.each([
    { why: 'a failure of ours', said: 'ours', body: argoBody(), status: 503 },
    { why: 'a release that can’t be', said: 'theirs', body: argoBody(), status: 409 },
    { why: 'parameters that say nothing', said: 'PROMOTE', body: { group: 'billing' }, status: 400 },
    { why: 'no body', said: 'PROMOTE', body: null, status: 400 },
  ] as const)('$why is an error of the measurement ($status), and no decision', async ({ said, body, status }) => {
    expect((await measured(said, body).response).statusCode).toBe(status);
  });

  test('asks by POST only', async () => {
    const event = anEvent('/gate/argo', undefined, bearer(TOKEN));
    const { ask } = aDoor('PROMOTE');
    const requestContext = { http: { method: 'GET', path: '/gate/argo' } };
    expect((await ask({ ...event, requestContext })).statusCode).toBe(405);
  });

  test('a body in base64 is read, and a header in any case', async () => {
    const body = Buffer.from(JSON.stringify(argoBody())).toString('base64');
    const event = { ...anEvent('/gate/argo', {}), body, isBase64Encoded: true };
    const { ask } = aDoor('PROMOTE');
    expect((await ask({ ...event, headers: { Authorization: `bearer ${TOKEN}` } })).statusCode).toBe(200);
  });
});

describe('the token', () => {
  test.each([
    { why: 'none', path: '/gate/argo', body: argoBody(), part: {} },
    { why: 'a wrong one', path: '/gate/argo', body: argoBody(), part: bearer(`${TOKEN}x`) },
    { why: 'half of it', path: '/gate/argo', body: argoBody(), part: bearer(TOKEN.slice(0, 5)) },
    { why: 'none in the body', path: '/gate/rollback', body: flaggerBody({ token: undefined }), part: {} },
    { why: 'a wrong one in the body', path: '/gate/rollback', body: flaggerBody({ token: 'x' }), part: bearer(TOKEN) },
  ])('$why lets nobody in at $path', async ({ path, body, part }) => {
    const { ask, asked } = aDoor('ROLLBACK');
    expect((await ask(anEvent(path, body, part))).statusCode).toBe(401);
    expect(asked).toEqual([]);
  });

  test('that cannot be read lets nobody in either, and is no order to roll back', async () => {
    const { ask, aside } = aDoor('ROLLBACK', () =>
      Promise.reject(new SluicegateError('SECRET_UNREADABLE', 'no such secret')),
    );
    expect((await ask(anEvent('/gate/rollback', flaggerBody()))).statusCode).toBe(403);
    expect(aside.lines.join('\n')).toContain('no such secret');
  });

  test('is told to nobody', async () => {
    for (const said of ['PROMOTE', 'ours', 'theirs'] as const) {
      const { ask, aside } = aDoor(said);
      const flagger = await ask(anEvent('/gate/check', flaggerBody()));
      const argo = await ask(anEvent('/gate/argo', argoBody(), bearer(TOKEN)));
      expect([flagger.body, argo.body, ...aside.lines].join('\n')).not.toContain(TOKEN);
    }
  });
});
