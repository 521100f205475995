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
import { mockClient } from 'aws-sdk-client-mock';
import { deploymentHooks } from '../../../lambdas/adapters/codedeploy/deployment-hooks.ts';
import { pipelineApprovals } from '../../../lambdas/adapters/codepipeline/pipeline-approvals.ts';
import { serviceDeployments } from '../../../lambdas/adapters/ecs/service-deployments.ts';
import { approvalCaller } from '../../../lambdas/gate/callers/approval.ts';
import { askedAgain, type WaitingCaller } from '../../../lambdas/gate/callers/ask-again.ts';
import type { Caller } from '../../../lambdas/gate/callers/caller.ts';
import { codeDeployCaller } from '../../../lambdas/gate/callers/codedeploy.ts';
import { ecsPauseCaller } from '../../../lambdas/gate/callers/ecs-pause.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { type Said, scriptedGate, toldAside } from '../../builders/scripted-gate.ts';
import { scriptedScheduler } from '../../builders/scripted-scheduler.ts';

export const region = 'eu-west-1';
const requests = requestsFor(['prod']);
export const wired = { group: 'billing', strategy: 'blue-green', canary: { client: '^new' } };

/** A caller over a gate that says so, with AWS where only commands are seen. */
function aCaller(
  make: (parts: { gate: ReturnType<typeof scriptedGate>['gate'] }) => WaitingCaller<never> | WaitingCaller<unknown>,
  said: Said,
) {
  const scripted = scriptedGate(said);
  const { scheduler, later, schedules } = scriptedScheduler(region);
  const aside = toldAside();
  const caller: Caller = askedAgain(make(scripted) as WaitingCaller<unknown>, { later, ...scripted, ...aside });
  /** The event that the last schedule brings back. */
  const comesBack = (): unknown => JSON.parse(schedules().at(-1)?.Target?.Input ?? 'null');
  return { ...scripted, caller, scheduler, schedules, comesBack, aside };
}

/** Each waiting caller with an event of its own, and what its decisions are told by. */
export const KINDS = [
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

export function aPause(gate: object, detail: object = {}) {
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
