import {
  CodeDeployClient,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  LifecycleEventAlreadyCompletedException,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import {
  ApprovalAlreadyCompletedException,
  CodePipelineClient,
  InvalidApprovalTokenException,
  PutApprovalResultCommand,
} from '@aws-sdk/client-codepipeline';
import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeTasksCommand,
  ECSClient,
  InvalidParameterException,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { deploymentHooks } from '../../../lambdas/adapters/codedeploy/deployment-hooks.ts';
import { pipelineApprovals } from '../../../lambdas/adapters/codepipeline/pipeline-approvals.ts';
import { serviceDeployments } from '../../../lambdas/adapters/ecs/service-deployments.ts';
import { oneShotSchedules } from '../../../lambdas/adapters/scheduler/one-shot-schedules.ts';
import { approvalCaller } from '../../../lambdas/gate/callers/approval.ts';
import { askedAgain, type WaitingCaller } from '../../../lambdas/gate/callers/ask-again.ts';
import type { Caller } from '../../../lambdas/gate/callers/caller.ts';
import { codeDeployCaller } from '../../../lambdas/gate/callers/codedeploy.ts';
import { ecsPauseCaller } from '../../../lambdas/gate/callers/ecs-pause.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { type Said, scriptedGate, toldAside } from '../../builders/scripted-gate.ts';

const region = 'eu-west-1';
const requests = requestsFor(['prod']);
const wired = { group: 'billing', strategy: 'blue-green', canary: { client: '^new' } };

/** A caller over a gate that says so, with AWS where only commands are seen. */
function aCaller(
  make: (parts: { gate: ReturnType<typeof scriptedGate>['gate'] }) => WaitingCaller<never> | WaitingCaller<unknown>,
  said: Said,
) {
  const scripted = scriptedGate(said);
  const scheduler = mockClient(SchedulerClient);
  scheduler.on(CreateScheduleCommand).resolves({});
  const later = oneShotSchedules(new SchedulerClient({ region }), {
    functionName: 'gate',
    roleArn: 'arn:aws:iam::123456789012:role/ask',
    scheduleGroup: 'sluicegate',
  });
  const aside = toldAside();
  const caller: Caller = askedAgain(make(scripted) as WaitingCaller<unknown>, { later, ...scripted, ...aside });
  const schedules = () => scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input);
  /** The event that the last schedule brings back. */
  const comesBack = (): unknown => JSON.parse(schedules().at(-1)?.Target?.Input ?? 'null');
  return { ...scripted, caller, scheduler, schedules, comesBack, aside };
}

/** Each waiting caller with an event of its own, and what its decisions are told by. */
const KINDS = [
  {
    name: 'a manual approval',
    credential: '1a2b3c4d-573f-4ea7-a67E-XAMPLETOKEN',
    event: (policy: string) => ({
      Records: [
        {
          EventSource: 'aws:sns',
          Sns: {
            Type: 'Notification',
            Message: JSON.stringify({
              region: 'us-east-2',
              consoleLink: 'https://console.aws.amazon.com/codepipeline/home',
              approval: {
                pipelineName: 'billing-consumer',
                stageName: 'Deploy',
                actionName: 'Approve',
                token: '1a2b3c4d-573f-4ea7-a67E-XAMPLETOKEN',
                expires: '2026-07-07T20:22Z',
                externalEntityLink: 'https://example.com',
                approvalReviewLink: 'https://console.aws.amazon.com/codepipeline/home#/approve',
                customData: JSON.stringify({ group: 'billing', executionId: 'x-1', onInconclusive: policy }),
              },
            }),
          },
        },
      ],
    }),
    open(said: Said) {
      const aws = mockClient(CodePipelineClient);
      aws.on(PutApprovalResultCommand).resolves({});
      const approvals = pipelineApprovals(new CodePipelineClient({ region }));
      const called = aCaller(({ gate }) => approvalCaller(gate, requests, approvals) as WaitingCaller<never>, said);
      const told = () => aws.commandCalls(PutApprovalResultCommand).map(({ args }) => args[0].input);
      return { ...called, told, refuse: (error: Error) => aws.on(PutApprovalResultCommand).rejects(error) };
    },
    answers: (decision: 'PROMOTE' | 'ROLLBACK', summary: unknown) => ({
      pipelineName: 'billing-consumer',
      stageName: 'Deploy',
      actionName: 'Approve',
      token: '1a2b3c4d-573f-4ea7-a67E-XAMPLETOKEN',
      result: { status: decision === 'PROMOTE' ? 'Approved' : 'Rejected', summary },
    }),
    done: [
      new ApprovalAlreadyCompletedException({ $metadata: {}, message: 'completed' }),
      new InvalidApprovalTokenException({ $metadata: {}, message: 'superseded or expired' }),
    ],
    onMistake: 'nothing',
  },
  {
    name: 'a CodeDeploy hook',
    credential: 'eyJlbmNyeXB0ZWREYXRh',
    event: () => ({ DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'eyJlbmNyeXB0ZWREYXRh' }),
    open(said: Said, policy = 'manual', stage = 'AfterAllowTraffic', group = 'billing/live') {
      const aws = mockClient(CodeDeployClient);
      aws
        .on(GetDeploymentCommand, { deploymentId: 'd-ABCDEF123' })
        .resolves({ deploymentInfo: { applicationName: 'billing', deploymentGroupName: 'live' } });
      aws.on(ListDeploymentTargetsCommand).resolves({ targetIds: ['t-1'] });
      aws.on(GetDeploymentTargetCommand, { deploymentId: 'd-ABCDEF123', targetId: 't-1' }).resolves({
        deploymentTarget: {
          lambdaTarget: {
            lifecycleEvents: [
              { lifecycleEventName: 'AllowTraffic', status: 'Succeeded' },
              { lifecycleEventName: stage, status: 'InProgress' },
            ],
          },
        },
      });
      aws.on(PutLifecycleEventHookExecutionStatusCommand).resolves({});
      const hooks = deploymentHooks(new CodeDeployClient({ region }));
      const groups = { [group]: { ...wired, onInconclusive: policy } };
      const called = aCaller(
        ({ gate }) => codeDeployCaller({ gate, requests, hooks, wired: groups }) as WaitingCaller<never>,
        said,
      );
      const told = () => aws.commandCalls(PutLifecycleEventHookExecutionStatusCommand).map(({ args }) => args[0].input);
      const refuse = (error: Error) => aws.on(PutLifecycleEventHookExecutionStatusCommand).rejects(error);
      return { ...called, told, refuse };
    },
    answers: (decision: 'PROMOTE' | 'ROLLBACK', _summary?: unknown) => ({
      deploymentId: 'd-ABCDEF123',
      lifecycleEventHookExecutionId: 'eyJlbmNyeXB0ZWREYXRh',
      status: decision === 'PROMOTE' ? 'Succeeded' : 'Failed',
    }),
    done: [new LifecycleEventAlreadyCompletedException({ $metadata: {}, message: 'completed' })],
    onMistake: 'ROLLBACK',
  },
  {
    name: 'an ECS pause',
    credential: null,
    event: (policy: string) => aPause({ ...wired, onInconclusive: policy }),
    open(said: Said) {
      const { aws, deployments } = anEcs();
      const called = aCaller(
        ({ gate }) => ecsPauseCaller({ gate, requests, deployments }) as WaitingCaller<never>,
        said,
      );
      const told = () => aws.commandCalls(ContinueServiceDeploymentCommand).map(({ args }) => args[0].input);
      return { ...called, told, refuse: (error: Error) => aws.on(ContinueServiceDeploymentCommand).rejects(error) };
    },
    answers: (decision: 'PROMOTE' | 'ROLLBACK', _summary?: unknown) => ({
      serviceDeploymentArn: DEPLOYMENT,
      hookId: 'ecs-pause-e7tK',
      action: decision === 'PROMOTE' ? 'CONTINUE' : 'ROLLBACK',
    }),
    done: [new InvalidParameterException({ $metadata: {}, message: 'the hook awaits no action' })],
    onMistake: 'nothing',
  },
] as const;

const DEPLOYMENT = 'arn:aws:ecs:us-west-2:123456789012:service-deployment/my-cluster/billing/EZe5RNVLH6PPzHXINuP28';

function aPause(gate: object, detail: object = {}) {
  return {
    source: 'aws.ecs',
    'detail-type': 'ECS Hook State Change',
    detail: {
      eventType: 'INFO',
      eventName: 'HOOK_AWAITING_ACTION',
      hookId: 'ecs-pause-e7tK',
      hookType: 'PAUSE',
      lifecycleStage: 'POST_SCALE_UP',
      clusterArn: 'arn:aws:ecs:us-west-2:123456789012:cluster/my-cluster',
      serviceArn: 'arn:aws:ecs:us-west-2:123456789012:service/my-cluster/billing',
      serviceDeploymentArn: DEPLOYMENT,
      ...detail,
    },
    gate,
  };
}

function anEcs() {
  const aws = mockClient(ECSClient);
  aws.on(ListServiceDeploymentsCommand).resolves({ serviceDeployments: [{}, {}] });
  aws.on(DescribeServiceDeploymentsCommand).resolves({
    serviceDeployments: [{ targetServiceRevision: { arn: 'arn:aws:ecs:x:1:service-revision/my-cluster/billing/42' } }],
  });
  aws.on(ListTasksCommand).resolves({ taskArns: ['task-1'] });
  aws.on(DescribeTasksCommand).resolves({
    tasks: [
      {
        startedBy: 'ecs-svc/42',
        attachments: [{ details: [{ name: 'privateIPv4Address', value: '10.0.1.5' }] }],
      },
    ],
  });
  aws.on(ContinueServiceDeploymentCommand).resolves({});
  return { aws, deployments: serviceDeployments(new ECSClient({ region })) };
}

describe.each(KINDS)('$name', ({ event, open, answers, done, onMistake, credential }) => {
  const anEvent = event('manual');

  test.each([
    'PROMOTE',
    'ROLLBACK',
  ] as const)('is told %s with one call, and not asked about again', async (decision) => {
    const { caller, told, schedules } = open(decision);
    expect(caller.isMine(anEvent)).toBe(true);
    await caller.answer(anEvent);
    expect(told()).toEqual([answers(decision, `${decision}: 7 of 10 seen`)]);
    expect(schedules()).toEqual([]);
  });

  test('is asked about again in a minute while it is not clear, until it is', async () => {
    const { caller, told, schedules, comesBack, say, wait } = open('CONTINUE');
    await caller.answer(anEvent);
    expect(told()).toEqual([]);
    expect(schedules()).toEqual([
      {
        Name: expect.stringMatching(/^ask-[0-9a-f]{40}$/),
        GroupName: 'sluicegate',
        ScheduleExpression: 'at(2026-01-01T00:01:00)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:gate',
          RoleArn: 'arn:aws:iam::123456789012:role/ask',
          Input: expect.any(String),
        },
      },
    ]);
    wait(60_000);
    const again = comesBack();
    expect(caller.isMine(again)).toBe(true);
    await caller.answer(again);
    say('PROMOTE');
    wait(60_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([answers('PROMOTE', 'PROMOTE: 7 of 10 seen')]);
    expect(new Set(schedules().map(({ Name }) => Name)).size).toBe(2);
  });

  test('an event that is delivered twice is not asked about twice as often', async () => {
    const { caller, scheduler, schedules } = open('CONTINUE');
    await caller.answer(anEvent);
    scheduler
      .on(CreateScheduleCommand)
      .rejects(new ConflictException({ $metadata: {}, message: 'exists', Message: '' }));
    await caller.answer(anEvent);
    const [first, second] = schedules();
    expect(second?.Name).toBe(first?.Name);
  });

  test('what is not clear by the deadline is left to a human', async () => {
    const { caller, told, schedules, aside } = open('INCONCLUSIVE');
    await caller.answer(anEvent);
    expect([told(), schedules()]).toEqual([[], []]);
    expect(aside.lines.join('\n')).toContain('INCONCLUSIVE: 7 of 10 seen');
  });

  test('a failure of ours is no decision: it is waited out for ten minutes', async () => {
    const { caller, told, comesBack, schedules, wait, say } = open('ours');
    await caller.answer(anEvent);
    for (let minute = 1; minute < 10; minute += 1) {
      wait(60_000);
      await caller.answer(comesBack());
    }
    expect(told()).toEqual([]);
    expect(schedules()).toHaveLength(10);
    say('PROMOTE');
    wait(60_000);
    await caller.answer(comesBack());
    expect(told()).toHaveLength(1);
  });

  test('a mistake in the wiring is not asked about again', async () => {
    const { caller, told, schedules } = open('theirs');
    await caller.answer(anEvent);
    expect(schedules()).toEqual([]);
    expect(told()).toEqual(onMistake === 'nothing' ? [] : [answers(onMistake, expect.any(String))]);
  });

  test.each(
    done.map((error) => [error.name, error] as const),
  )('%s means that it was answered before', async (_, error) => {
    const { caller, refuse, told } = open('PROMOTE');
    refuse(error);
    await caller.answer(anEvent);
    expect(told()).toHaveLength(1);
  });

  test('any other failure to tell fails the invocation, which is then tried again', async () => {
    const { caller, refuse } = open('PROMOTE');
    refuse(new Error('no network'));
    await expect(caller.answer(anEvent)).rejects.toThrow('no network');
  });

  test('no credential of it is told to anybody', async () => {
    for (const said of ['PROMOTE', 'CONTINUE', 'ours', 'theirs'] as const) {
      const { caller, aside } = open(said);
      await caller.answer(anEvent);
      if (credential !== null) expect(aside.lines.join('\n')).not.toContain(credential);
    }
  });
});

describe('what each does that the others do not', () => {
  const [approval, codeDeploy, pause] = KINDS;

  test.each([
    ['rollback', 'ROLLBACK'],
    ['promote', 'PROMOTE'],
  ] as const)('after ten minutes of failures an approval’s policy %s answers', async (policy, decision) => {
    const { caller, told, comesBack, wait } = approval.open('ours');
    await caller.answer(approval.event(policy));
    wait(600_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([approval.answers(decision, expect.stringContaining('could not judge (no answer)'))]);
  });

  test('a notification that asks for no approval is nobody’s', () => {
    const { caller } = approval.open('PROMOTE');
    expect(caller.isMine({ Records: [{ Sns: { Message: 'hello' } }] })).toBe(false);
    expect(caller.isMine({ Records: [{ Sns: { Message: '{"alarm":1}' } }] })).toBe(false);
  });

  test('a summary is cut where CodePipeline would refuse it', async () => {
    const aws = mockClient(CodePipelineClient);
    aws.on(PutApprovalResultCommand).resolves({});
    const who = { pipelineName: 'p', stageName: 's', actionName: 'a', token: 't' };
    await pipelineApprovals(new CodePipelineClient({ region })).answer(who, 'Approved', 'x'.repeat(2_000));
    expect(aws.commandCalls(PutApprovalResultCommand)[0]?.args[0].input.result?.summary).toHaveLength(512);
  });

  test('CodeDeploy’s hook before the traffic begins the release and lets it go on', async () => {
    const { caller, told, asked } = codeDeploy.open('ROLLBACK', 'rollback', 'BeforeAllowTraffic');
    await caller.answer(codeDeploy.event());
    expect(told()).toEqual([codeDeploy.answers('PROMOTE')]);
    expect(asked).toMatchObject([
      {
        what: 'start',
        with: {
          group: 'billing',
          executionId: 'd-ABCDEF123',
          requestId: 'd-ABCDEF123',
          askedBy: { caller: 'codedeploy', name: 'billing/live' },
        },
      },
    ]);
  });

  test.each([
    ['rollback', 'ROLLBACK'],
    ['promote', 'PROMOTE'],
  ] as const)('after ten minutes of failures a deployment group’s policy %s answers', async (policy, decision) => {
    const { caller, told, comesBack, wait } = codeDeploy.open('ours', policy);
    await caller.answer(codeDeploy.event());
    wait(600_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([codeDeploy.answers(decision)]);
  });

  test('a deployment of a group that nobody wired fails', async () => {
    const { caller, told } = codeDeploy.open('PROMOTE', 'manual', 'AfterAllowTraffic', 'billing/other');
    await caller.answer(codeDeploy.event());
    expect(told()).toEqual([codeDeploy.answers('ROLLBACK')]);
  });

  test('a pause before the scale-up begins the release and goes on', async () => {
    const { caller, told, asked } = pause.open('ROLLBACK');
    await caller.answer(aPause({ ...wired, onInconclusive: 'manual' }, { lifecycleStage: 'PRE_SCALE_UP' }));
    expect(told()).toEqual([pause.answers('PROMOTE')]);
    expect(asked.map(({ what }) => what)).toEqual(['start']);
  });

  test.each([
    'HOOK_IN_PROGRESS',
    'HOOK_SUCCEEDED',
    'HOOK_FAILED',
    'HOOK_TIMED_OUT',
  ])('%s is only news', async (eventName) => {
    const { caller, told, asked, schedules } = pause.open('PROMOTE');
    await caller.answer(aPause({ ...wired, onInconclusive: 'manual' }, { eventName }));
    expect([told(), asked, schedules()]).toEqual([[], [], []]);
  });

  test('the members behind a pause are found by the addresses of the new revision’s tasks', async () => {
    const { caller, asked } = pause.open('CONTINUE');
    await caller.answer(aPause({ group: 'billing', onInconclusive: 'manual' }));
    expect(asked.find(({ what }) => what === 'follow')?.with).toMatchObject({
      canary: { client: null, instance: null, host: '^/?(10\\.0\\.1\\.5)$' },
    });
  });
});
