import {
  DescribeTasksCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { serviceDeployments } from '../../../lambdas/adapters/ecs/service-deployments.ts';
import { ecsHookCaller } from '../../../lambdas/gate/callers/ecs-hook.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { type Said, scriptedGate, toldAside } from '../../builders/scripted-gate.ts';

const SERVICE = 'arn:aws:ecs:us-west-2:123456789012:service/my-cluster/billing';
const REVISION = 'arn:aws:ecs:us-west-2:123456789012:service-revision/my-cluster/billing/9313423515462893900';
const wired = { group: 'billing', onInconclusive: 'rollback' };

/** As docs of ECS show it, for a hook that is wired so. */
const anEvent = (part: object = {}) => ({
  executionId: '8b095b05-7bb0-4c56-a223-a3f61f4f9295',
  lifecycleStage: 'POST_SCALE_UP',
  resourceArn: 'arn:aws:ecs:us-west-2:123456789012:service-deployment/my-cluster/billing/EZe5RNVLH6PPzHXINuP28',
  executionDetails: {
    serviceArn: SERVICE,
    targetServiceRevisionArn: REVISION,
    testTrafficWeights: {},
    productionTrafficWeights: {},
  },
  hookDetails: wired,
  ...part,
});

const aTask = (startedBy: string, address: string): Task => ({
  startedBy,
  attachments: [{ details: [{ name: 'privateIPv4Address', value: address }] }],
});

function aHook(said: Said, { deployments = 2, tasks = [aTask('ecs-svc/9313423515462893900', '10.0.1.5')] } = {}) {
  const scripted = scriptedGate(said);
  const aside = toldAside();
  const aws = mockClient(ECSClient);
  aws
    .on(ListServiceDeploymentsCommand)
    .resolves({ serviceDeployments: Array.from({ length: deployments }, () => ({})) });
  aws.on(ListTasksCommand).resolves({ taskArns: tasks.map((_, index) => `task-${index}`) });
  aws.on(DescribeTasksCommand).resolves({ tasks });
  const caller = ecsHookCaller({
    ...scripted,
    ...aside,
    requests: requestsFor(['prod']),
    deployments: serviceDeployments(new ECSClient({ region: 'us-west-2' })),
  });
  return { ...scripted, aws, answer: (event: object = anEvent()) => caller.answer(event), caller, aside };
}

describe('a Lambda hook of an ECS deployment', () => {
  test.each([
    { said: 'PROMOTE', answer: { hookStatus: 'SUCCEEDED' } },
    { said: 'ROLLBACK', answer: { hookStatus: 'FAILED' } },
    { said: 'CONTINUE', answer: { hookStatus: 'IN_PROGRESS', callBackDelay: 30 } },
    // It can't wait for a human.
    { said: 'INCONCLUSIVE', answer: { hookStatus: 'FAILED' } },
    { said: 'theirs', answer: { hookStatus: 'FAILED' } },
  ] as const)('is answered $answer.hookStatus when the gate says $said', async ({ said, answer }) => {
    const { caller, answer: answered } = aHook(said);
    expect(caller.isMine(anEvent())).toBe(true);
    expect(await answered()).toEqual(answer);
  });

  test('the same event again is answered the same, about the same release', async () => {
    const { answer, asked } = aHook('CONTINUE');
    expect(await answer()).toEqual(await answer());
    const starts = asked.filter(({ what }) => what === 'start').map(({ with: wish }) => wish);
    expect(starts).toHaveLength(2);
    expect(starts[0]).toEqual(starts[1]);
    expect(starts[0]).toMatchObject({
      group: 'billing',
      strategy: 'blue-green',
      executionId: 'service-deployment/my-cluster/billing/EZe5RNVLH6PPzHXINuP28',
      askedBy: { caller: 'ecs-hook', name: 'billing' },
    });
  });

  test('before the scale-up it begins the release, and holds nothing up', async () => {
    const { answer, asked } = aHook('ROLLBACK');
    expect(await answer(anEvent({ lifecycleStage: 'PRE_SCALE_UP' }))).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(asked.map(({ what }) => what)).toEqual(['start']);
  });

  test('the first deployment passes: there is no old version', async () => {
    const { answer, asked, aws } = aHook('ROLLBACK', { deployments: 1 });
    expect(await answer()).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(asked).toEqual([]);
    expect(aws.commandCalls(ListServiceDeploymentsCommand)[0]?.args[0].input).toEqual({
      cluster: 'my-cluster',
      service: SERVICE,
      maxResults: 2,
    });
  });

  test('a deployment that is taken back runs its hooks again, and passes', async () => {
    const { answer, asked } = aHook('ROLLBACK');
    const executionDetails = {
      ...anEvent().executionDetails,
      productionTrafficWeights: { [REVISION]: 0, 'arn:blue': 100 },
    };
    const event = anEvent({ lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT', executionDetails });
    expect(await answer(event)).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(asked).toEqual([]);
  });

  test('an event of the older form is read as well, and details that are text', async () => {
    const { executionDetails, ...rest } = anEvent({ hookDetails: JSON.stringify(wired) });
    const { caller, answer } = aHook('PROMOTE');
    const older = { ...rest, ...executionDetails };
    expect(caller.isMine(older)).toBe(true);
    expect(await answer(older)).toEqual({ hookStatus: 'SUCCEEDED' });
  });

  test.each([
    { why: 'no group', hookDetails: { onInconclusive: 'rollback' }, says: 'group' },
    { why: 'no policy', hookDetails: { group: 'billing' }, says: 'onInconclusive' },
    { why: 'a mistyped key', hookDetails: { ...wired, onBlid: 'promote' }, says: 'onBlid' },
    { why: 'details that are no JSON', hookDetails: '{', says: 'not JSON' },
  ])('with $why it fails, and the log says why', async ({ hookDetails, says }) => {
    const { answer, aside } = aHook('PROMOTE');
    expect(await answer(anEvent({ hookDetails }))).toEqual({ hookStatus: 'FAILED' });
    expect(aside.lines.join('\n')).toContain(says);
  });
});

describe('a failure of ours', () => {
  const failing = (sinceMs: number) => anEvent({ hookDetails: { ...wired, failingSinceMs: sinceMs } });

  test('is no decision: it is waited out, and ECS keeps since when', async () => {
    const { answer, clock, say } = aHook('ours');
    const first = { hookStatus: 'IN_PROGRESS', callBackDelay: 30, hookDetails: { failingSinceMs: clock.nowMs() } };
    expect(await answer()).toEqual(first);
    expect(await answer(failing(clock.nowMs() - 599_000))).toMatchObject({ hookStatus: 'IN_PROGRESS' });
    say('CONTINUE');
    expect(await answer(failing(clock.nowMs() - 599_000))).toEqual({
      hookStatus: 'IN_PROGRESS',
      callBackDelay: 30,
      hookDetails: { failingSinceMs: null },
    });
  });

  test.each([
    { policy: { onInconclusive: 'rollback' }, hookStatus: 'FAILED' },
    { policy: { onInconclusive: 'promote' }, hookStatus: 'SUCCEEDED' },
    { policy: { onInconclusive: 'rollback', onBlind: 'promote' }, hookStatus: 'SUCCEEDED' },
    { policy: { onInconclusive: 'manual' }, hookStatus: 'FAILED' },
  ])('for ten minutes is answered by the policy: $policy → $hookStatus', async ({ policy, hookStatus }) => {
    const { answer, clock } = aHook('ours');
    const hookDetails = { group: 'billing', ...policy, failingSinceMs: clock.nowMs() - 600_000 };
    expect(await answer(anEvent({ hookDetails }))).toEqual({ hookStatus });
  });

  test('is one too when ECS cannot be asked', async () => {
    const { answer, aws } = aHook('PROMOTE');
    aws.on(ListTasksCommand).rejects(new Error('throttled'));
    expect(await answer()).toMatchObject({
      hookStatus: 'IN_PROGRESS',
      hookDetails: { failingSinceMs: expect.any(Number) },
    });
  });
});

describe('the members of the new version', () => {
  const followed = (asked: ReturnType<typeof aHook>['asked']) => asked.find(({ what }) => what === 'follow')?.with;

  test('are those at the addresses of its tasks, page by page, and of no other revision', async () => {
    const { answer, asked, aws } = aHook('CONTINUE');
    aws
      .on(ListTasksCommand)
      .resolvesOnce({ taskArns: ['a', 'b'], nextToken: 'more' })
      .resolves({ taskArns: ['c'] });
    aws
      .on(DescribeTasksCommand, { tasks: ['a', 'b'] })
      .resolves({ tasks: [aTask('ecs-svc/9313423515462893900', '10.0.1.5'), aTask('ecs-svc/1', '10.0.1.6')] });
    aws.on(DescribeTasksCommand, { tasks: ['c'] }).resolves({
      tasks: [
        {
          startedBy: 'ecs-svc/9313423515462893900',
          containers: [{ networkInterfaces: [{ privateIpv4Address: '10.0.2.7' }] }],
        },
      ],
    });
    await answer();
    expect(followed(asked)).toEqual({
      name: { releaseId: expect.stringMatching(/^billing-[0-9a-f]{16}$/) },
      canary: { client: null, instance: null, host: '^/?(10\\.0\\.1\\.5|10\\.0\\.2\\.7)$' },
    });
    const { canary } = followed(asked) as { canary: { host: string } };
    const pattern = new RegExp(canary.host);
    expect(['/10.0.1.5', '10.0.2.7', '/10.0.1.50', '/110.0.1.5'].map((host) => pattern.test(host))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(aws.commandCalls(ListTasksCommand)[0]?.args[0].input).toMatchObject({
      cluster: 'my-cluster',
      serviceName: 'billing',
    });
  });

  test('are told by a pattern where the wiring has one: ECS is not asked then', async () => {
    const { answer, asked, aws } = aHook('CONTINUE');
    await answer(anEvent({ hookDetails: { ...wired, canary: { client: '^new' } } }));
    expect(followed(asked)).toBeUndefined();
    expect(aws.commandCalls(ListTasksCommand)).toHaveLength(0);
    expect(asked[0]?.with).toMatchObject({ canary: { client: '^new' } });
  });

  test('stay as they were known while no task has an address', async () => {
    const { answer, asked } = aHook('CONTINUE', {
      tasks: [{ startedBy: 'ecs-svc/9313423515462893900' } as Task] as never,
    });
    expect(await answer()).toMatchObject({ hookStatus: 'IN_PROGRESS' });
    expect(followed(asked)).toBeUndefined();
  });
});
