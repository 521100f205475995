import { expect, test } from 'vitest';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import { directCaller } from '../../lambdas/gate/callers/direct.ts';
import { gateHandler } from '../../lambdas/gate/gate-handler.ts';
import { requestsFor } from '../../lambdas/gate/request.ts';
import { aGateWorld, type GateWorld } from '../builders/gate-world.ts';
import { aReleaseStory } from '../builders/release-story.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 59_000 };
const story = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

/** The function as a script invokes it. */
function handlerOf(world: GateWorld, clusters: readonly string[] = ['prod']) {
  const { ledger, history, clock } = world;
  const handler = gateHandler({
    ledger,
    history,
    clock,
    freshReading: { take: async ({ slotMs }) => void (await world.takeAt(slotMs)) },
    settings: DEFAULT_GATE_SETTINGS,
    callersOf: (gate) => [directCaller(gate, requestsFor(clusters))],
  });
  return (event: unknown) => handler(event, context);
}

const start = {
  action: 'start',
  group: 'billing',
  executionId: 'build-77',
  strategy: 'canary',
  canary: { client: '^new' },
  onInconclusive: 'rollback',
};

test('start, judge and finish by direct invoke, answered as JSON', async () => {
  const world = await aGateWorld(story);
  const invoke = handlerOf(world);
  expect(await invoke({ action: 'preflight', group: 'billing' })).toEqual({ ready: true, problems: [], warnings: [] });
  const { releaseId } = (await invoke(start)) as { releaseId: string };
  await world.until(3);
  expect(await invoke({ action: 'judge', releaseId })).toEqual({
    decision: 'CONTINUE',
    reasons: expect.arrayContaining([
      { code: 'TOO_LITTLE_TRAFFIC', messages: 0, wanted: 30, sentence: expect.stringContaining('wanted 30') },
    ]),
    retryAfterSeconds: 30,
    releaseId,
    attempt: 1,
  });
  await world.until(12);
  const judged = await invoke({ action: 'judge', group: 'billing', executionId: 'build-77' });
  expect(judged).toMatchObject({ decision: 'ROLLBACK', releaseId });
  expect(judged).not.toHaveProperty('retryAfterSeconds');
  expect(await invoke({ action: 'finish', releaseId })).toEqual(judged);
});

test.each([
  { why: 'nobody we know', event: { hello: 'world' }, says: 'no caller' },
  { why: 'no object', event: 'judge', says: 'no caller' },
  { why: 'an unknown action', event: { action: 'promote' }, says: 'action' },
  { why: 'no policy', event: { ...start, onInconclusive: undefined }, says: 'onInconclusive' },
  { why: 'a mistyped key', event: { ...start, onInconclusve: 'promote' }, says: 'onInconclusve' },
  { why: 'a new version that nothing names', event: { ...start, canary: {} }, says: 'canary' },
  { why: 'a pattern that is none', event: { ...start, canary: { client: '(' } }, says: 'canary.client' },
  { why: 'a cluster that is not configured', event: { ...start, cluster: 'dev' }, says: 'configured: prod' },
  { why: 'a deadline that is none', event: { ...start, deadline: '30' }, says: 'deadline' },
  { why: 'neither id nor execution', event: { action: 'judge', group: 'billing' }, says: 'executionId' },
])('an event with $why is refused with what is wrong', async ({ event, says }) => {
  const invoke = handlerOf(await aGateWorld(story));
  await expect(invoke(event)).rejects.toMatchObject({ code: 'EVENT_INVALID', message: expect.stringContaining(says) });
});

test('with several clusters, one has to be named', async () => {
  const invoke = handlerOf(await aGateWorld(story), ['prod', 'staging']);
  await expect(invoke(start)).rejects.toThrow('there are several; configured: prod, staging');
  expect(await invoke({ ...start, cluster: 'prod' })).toMatchObject({ attempt: 1 });
});
