import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobAnswer } from '../../lambdas/adapters/codepipeline/pipeline-jobs.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { approvalCaller } from '../../lambdas/gate/callers/approval.ts';
import { askedAgain, type WaitingCaller } from '../../lambdas/gate/callers/ask-again.ts';
import type { Caller } from '../../lambdas/gate/callers/caller.ts';
import { codeDeployCaller } from '../../lambdas/gate/callers/codedeploy.ts';
import { codePipelineCaller } from '../../lambdas/gate/callers/codepipeline.ts';
import { directCaller } from '../../lambdas/gate/callers/direct.ts';
import { ecsHookCaller } from '../../lambdas/gate/callers/ecs-hook.ts';
import { ecsPauseCaller } from '../../lambdas/gate/callers/ecs-pause.ts';
import { httpCaller } from '../../lambdas/gate/callers/http.ts';
import { stepFunctionsCaller } from '../../lambdas/gate/callers/step-functions.ts';
import { requestsFor } from '../../lambdas/gate/request.ts';
import { aCodePipelineEvent } from '../builders/codepipeline-event.ts';
import { mutatedJson } from '../builders/mutated-json.ts';
import { type Said, scriptedGate, toldAside } from '../builders/scripted-gate.ts';
import { aPause, KINDS } from '../gate/callers/waiting-kinds.ts';

const TOKEN = 'a-token-of-some-length';
const RUNS = 400;
const requests = requestsFor(['prod']);
const canary = { group: 'billing', strategy: 'canary', canary: { client: '^new' }, onInconclusive: 'rollback' };
const named = { group: 'billing', executionId: 'x-1' };

/** Every caller over a gate that says so, and which of them let their deployment go on. */
function everyCaller(said: Said) {
  const { gate, clock } = scriptedGate(said);
  const aside = toldAside();
  const goneOn: string[] = [];
  const say = (what: string, goesOn: boolean) => void (goesOn && goneOn.push(what));
  const again = <Event>(caller: WaitingCaller<Event>): Caller =>
    askedAgain(caller, { later: { ask: async () => undefined }, clock, ...aside });
  const tasks = {
    async succeed() {
      say('task', true);
      return 'told' as const;
    },
    fail: async () => 'told' as const,
    heartbeat: async () => 'told' as const,
  };
  const deployments = {
    isFirst: async () => false,
    targetRevisionOf: async () => 'arn:r/42',
    hostsOf: async () => ['10.0.1.5'],
    endPause: async (_pause: object, action: string) => say('pause', action === 'CONTINUE'),
  };
  const hooks = {
    groupOf: async () => 'billing/live',
    stageOf: async () => 'AfterAllowTraffic',
    answer: async (_hook: object, status: string) => say('hook', status === 'Succeeded'),
  };
  const jobs = {
    answer: async ({ call, input }: JobAnswer) =>
      say('job', call === 'PutJobSuccessResult' && input.continuationToken === undefined),
    isRollback: async () => false,
  };
  const approvals = {
    answer: async (_approval: object, status: string) => say('approval', status === 'Approved'),
  };
  const callers = [
    codePipelineCaller({ gate, requests, jobs, clock, ...aside }),
    ecsHookCaller({ gate, requests, deployments, clock, ...aside }),
    again(ecsPauseCaller({ gate, requests, deployments })),
    again(codeDeployCaller({ gate, requests, hooks, wired: { 'billing/live': canary } })),
    again(approvalCaller(gate, requests, approvals)),
    httpCaller({ gate, requests, readToken: async () => TOKEN, ...aside }),
    again(stepFunctionsCaller({ gate, requests, tasks })),
    directCaller(gate, requests),
  ];
  return { goneOn, answer: (event: unknown) => callers.find(({ isMine }) => isMine(event))?.answer(event) };
}

const overHttp = (path: string, body: object, headers: object = {}) => ({
  requestContext: { http: { method: 'POST', path } },
  headers,
  body: JSON.stringify(body),
  isBase64Encoded: false,
});
const flagger = { name: 'billing', namespace: 'shop', phase: 'Progressing', checksum: '85d' };
const metadata = { group: 'billing', client: '^new', onInconclusive: 'rollback', token: TOKEN };
const ecsHook = {
  lifecycleStage: 'POST_SCALE_UP',
  resourceArn: 'arn:aws:ecs:us-west-2:123456789012:service-deployment/c/billing/EZe5',
  executionDetails: { serviceArn: 'arn:s/billing', targetServiceRevisionArn: 'arn:r/42' },
  hookDetails: { group: 'billing', onInconclusive: 'rollback' },
};

const EVENTS = [
  {
    who: 'CodePipeline',
    event: aCodePipelineEvent({ parameters: { phase: 'judge', ...named }, continuationToken: '{}' }),
  },
  { who: 'an ECS hook', event: ecsHook },
  { who: 'an ECS pause', event: aPause({ ...canary, strategy: 'blue-green' }) },
  ...KINDS.filter(({ name }) => name !== 'an ECS pause').map(({ name, event }) => ({
    who: name,
    event: event('rollback'),
  })),
  { who: 'a task of Step Functions', event: { taskToken: 'AQC', ...named } },
  {
    who: 'a question asked again',
    event: { askAgain: { event: { taskToken: 'AQC', ...named }, number: 1, failingSinceMs: null } },
  },
  { who: 'Flagger', event: overHttp('/gate/promote', { ...flagger, metadata }) },
  {
    who: 'Argo',
    event: overHttp('/gate/argo', { ...canary, canaryHash: '5f8d' }, { authorization: `Bearer ${TOKEN}` }),
  },
  { who: 'a script', event: { action: 'judge', ...named } },
];

/** Texts that hold JSON themselves: what stands in them is changed as well. */
const INNER = [
  {
    who: 'CodePipeline’s user parameters',
    parts: { phase: 'judge', ...named, pipeline: 'p' },
    within: (text: string) => aCodePipelineEvent({ parameters: text }),
  },
  {
    who: 'CodePipeline’s token',
    parts: { v: 1, t0: 1, failing: 2 },
    within: (text: string) => aCodePipelineEvent({ parameters: { phase: 'judge', ...named }, continuationToken: text }),
  },
  {
    who: 'a hook’s details as text',
    parts: ecsHook.hookDetails,
    within: (hookDetails: string) => ({ ...ecsHook, hookDetails }),
  },
  {
    who: 'Flagger’s body',
    parts: { ...flagger, metadata },
    within: (body: string) => ({ ...overHttp('/gate/promote', {}), body }),
  },
  {
    who: 'Argo’s body',
    parts: { ...canary, canaryHash: '5f8d' },
    within: (body: string) => ({ ...overHttp('/gate/argo', {}, { authorization: `Bearer ${TOKEN}` }), body }),
  },
  {
    who: 'an approval',
    parts: {
      approval: { pipelineName: 'p', stageName: 's', actionName: 'a', token: 't', customData: JSON.stringify(named) },
    },
    within: (Message: string) => ({ Records: [{ Sns: { Message } }] }),
  },
];

/** What a caller answers where the gate says ROLLBACK may be anything but yes. */
const isYes = (answer: unknown): boolean => {
  const { hookStatus, statusCode, decision, body } = (answer ?? {}) as Record<string, unknown>;
  return (
    hookStatus === 'SUCCEEDED' || decision === 'PROMOTE' || (statusCode === 200 && !`${body}`.includes('"ROLLBACK"'))
  );
};

async function expectRefusedOrAnswered(event: unknown): Promise<void> {
  const { answer, goneOn } = everyCaller('ROLLBACK');
  try {
    expect(isYes(await answer(event))).toBe(false);
  } catch (error) {
    if (!(error instanceof SluicegateError)) throw error;
    expect(error.code).toBe('EVENT_INVALID');
  }
  expect(goneOn).toEqual([]);
}

describe.each(EVENTS)('an event of $who', ({ event }) => {
  test('lets pass where the gate says PROMOTE, and not where it says ROLLBACK', async () => {
    for (const said of ['PROMOTE', 'ROLLBACK'] as const) {
      const { answer, goneOn } = everyCaller(said);
      const passes = isYes(await answer(event)) || goneOn.length > 0;
      expect([said, passes]).toEqual([said, said === 'PROMOTE']);
    }
  });

  test('with anything in it that does not belong there is refused, or answered as the gate says: it lets nothing pass', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(event), (text) => expectRefusedOrAnswered(JSON.parse(text))),
      { numRuns: RUNS, seed: 13 },
    );
  });
});

test.each(INNER)('$who with anything in it: the same', async ({ parts, within }) => {
  const texts = fc.oneof({ weight: 4, arbitrary: mutatedJson(parts) }, fc.string({ unit: 'binary', maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(texts, (text) => expectRefusedOrAnswered(within(text))),
    { numRuns: RUNS, seed: 13 },
  );
});

test('an event of nobody is nobody’s, whatever it holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), async (event) => {
      await expectRefusedOrAnswered(event);
    }),
    { numRuns: RUNS, seed: 13 },
  );
});
