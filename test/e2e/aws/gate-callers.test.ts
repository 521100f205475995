import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { aCodePipelineEvent } from '../../builders/codepipeline-event.ts';
import { aGroup, aLog, aSnapshot } from '../../builders/snapshots.ts';
import { arnHere } from '../../lambda-runtime/here.ts';
import { describeWithRealPartsAndSns } from '../../setup/real-parts.ts';
import { type CallersServices, ECS, startCallersServices } from './callers-services.ts';
import { type Deployment, deploy } from './deployment.ts';
import { missingRights, unusedRights } from './rights.ts';
import { type AwsServices, startAwsServices } from './services.ts';
import { WIRED } from './wired-gate.ts';

const DAY_MS = 86_400_000;
const TOKEN = 'token-of-the-gate';
const PATH = new URL('wired-gate.app.ts', import.meta.url).pathname;
const clock = { nowMs: () => Date.now() };

/** Each caller releases a group of its own: two releases of one group would refuse each other. */
const GROUPS = ['by-action', 'by-approval', 'on-codedeploy', 'on-ecs', 'on-ecs-paused', 'by-machine', 'by-argo'];

/** Whom the ids belong to that stand alone in a request: IAM asks that, and the request does not say it. */
const BEHIND = {
  'd-1': arnHere('codedeploy', `deploymentgroup:${WIRED.deploymentGroup}`),
  'token-1': arnHere('states', `stateMachine:${WIRED.stateMachine}`),
  'token-2': arnHere('states', `stateMachine:${WIRED.stateMachine}`),
};

/** What the role needs without the gate calling it: Lambda writes the log. */
const NOT_CALLED = new Set(['logs:CreateLogStream', 'logs:PutLogEvents']);

describeWithRealPartsAndSns('the gate as it is deployed, and each of its callers', () => {
  let services: AwsServices;
  let callers: CallersServices;
  let deployment: Deployment;
  let stage = '';

  beforeAll(async () => {
    services = await startAwsServices((line) => console.info(line));
    callers = await startCallersServices({ stageOf: () => stage, invokeSnapshot: takeReading });
    const config = { clusters: [{ name: 'prod', brokers: ['broker-1.example:9092'] }] };
    deployment = await deploy(config, services, {
      app: PATH,
      behind: BEHIND,
      environment: callers.environment,
      secret: TOKEN,
    });
  });
  afterAll(async () => {
    await deployment?.stop();
    await Promise.all([callers?.stop(), services?.stop()]);
  });

  /** `snapshot`, without Kafka: every group stands at the end of the one topic. */
  async function takeReading(event: Readonly<Record<string, unknown>>): Promise<object> {
    const table = services.openTable(deployment.tableName);
    const history = dynamoHistoryStore({ table, clock, retentionMs: DAY_MS });
    const slotMs = Date.parse(`${event['slot']}`);
    const at = aGroup({ committed: new Map([['orders', [100]]]) });
    const groups = new Map(GROUPS.map((group) => [group, at]));
    const snapshot = aSnapshot({ atMs: slotMs, topics: new Map([['orders', [aLog(100)]]]), groups });
    return { outcome: await history.append({ slotMs, snapshot }) };
  }

  async function ask(event: object): Promise<unknown> {
    const { kind, payload } = await deployment.invoke('gate', event);
    expect({ kind, payload }).toEqual({ kind: 'succeeded', payload });
    return payload;
  }
  const release = (group: string, executionId: string) => ({ ...WIRED.release, group, executionId });
  /** Ends a release before it can be judged: what its wiring says for that case is then the decision. */
  const finish = (group: string, executionId: string) => ask({ action: 'finish', group, executionId });
  /** A deployment of ECS is an execution by its ARN's last part. */
  const executionOf = (deploymentArn: string): string => deploymentArn.split(':').at(-1) ?? '';
  /** The event that the newest schedule would bring back in a minute. */
  const comesBack = (): object => {
    const { Target } = callers.said('CreateSchedule').at(-1) ?? {};
    return JSON.parse((Target as { readonly Input: string }).Input);
  };

  test('an action of CodePipeline is answered by its job’s result, and so is one that is wired wrongly', async () => {
    const parameters = { ...release('by-action', 'x-1'), pipeline: WIRED.pipeline };
    await ask(aCodePipelineEvent({ id: 'job-1', parameters: { phase: 'start', ...parameters } }));
    await ask(aCodePipelineEvent({ id: 'job-2', parameters: { phase: 'judge', ...parameters } }));
    await ask(aCodePipelineEvent({ id: 'job-3', parameters: { phase: 'no such phase' } }));
    expect(callers.said('PutJobSuccessResult')).toMatchObject([
      { jobId: 'job-1', outputVariables: { releaseId: expect.any(String) } },
      { jobId: 'job-2', continuationToken: expect.any(String) },
    ]);
    expect(callers.said('PutJobFailureResult')).toMatchObject([{ jobId: 'job-3' }]);
  });

  test('a manual approval is asked about again, and then approved', async () => {
    await ask({ action: 'start', ...release('by-approval', 'x-2') });
    const customData = JSON.stringify({ group: 'by-approval', executionId: 'x-2' });
    const approval = { pipelineName: WIRED.pipeline, stageName: 'Deploy', actionName: 'Gate', token: 'approval-1' };
    const Message = JSON.stringify({ approval: { ...approval, customData } });
    await ask({ Records: [{ Sns: { Message } }] });
    expect(callers.said('PutApprovalResult')).toEqual([]);
    await finish('by-approval', 'x-2');
    await ask(comesBack());
    expect(callers.said('PutApprovalResult')).toMatchObject([{ ...approval, result: { status: 'Approved' } }]);
  });

  test('a deployment of CodeDeploy goes on before its traffic, and is judged after it', async () => {
    const hook = (id: string) => ({ DeploymentId: 'd-1', LifecycleEventHookExecutionId: id });
    stage = 'BeforeAllowTraffic';
    await ask(hook('before'));
    stage = 'AfterAllowTraffic';
    await ask(hook('after'));
    await finish('on-codedeploy', 'd-1');
    await ask(comesBack());
    expect(callers.said('PutLifecycleEventHookExecutionStatus')).toMatchObject([
      { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'before', status: 'Succeeded' },
      { deploymentId: 'd-1', lifecycleEventHookExecutionId: 'after', status: 'Succeeded' },
    ]);
  });

  test('a deployment of ECS is answered in what its hook returns, and the new version’s tasks are looked up', async () => {
    const hook = (lifecycleStage: string) =>
      ask({
        lifecycleStage,
        resourceArn: ECS.deployment,
        executionDetails: { serviceArn: ECS.service, targetServiceRevisionArn: ECS.revision },
        hookDetails: { group: 'on-ecs', strategy: 'blue-green', onInconclusive: 'promote' },
      });
    expect(await hook('PRE_SCALE_UP')).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(await hook('POST_SCALE_UP')).toMatchObject({ hookStatus: 'IN_PROGRESS' });
    expect(callers.said('DescribeTasks')).toMatchObject([{ cluster: 'consumers', tasks: [ECS.task] }]);
    await finish('on-ecs', executionOf(ECS.deployment));
    expect(await hook('POST_SCALE_UP')).toEqual({ hookStatus: 'SUCCEEDED' });
  });

  test('a paused deployment of ECS goes on before the scale-up, and by a decision after it', async () => {
    const serviceDeploymentArn = `${ECS.deployment}-paused`;
    const pause = (lifecycleStage: string) =>
      ask({
        'detail-type': 'ECS Hook State Change',
        detail: {
          eventName: 'HOOK_AWAITING_ACTION',
          hookId: `pause-${lifecycleStage}`,
          lifecycleStage,
          serviceArn: ECS.service,
          serviceDeploymentArn,
        },
        gate: { group: 'on-ecs-paused', strategy: 'blue-green', onInconclusive: 'promote' },
      });
    await pause('PRE_SCALE_UP');
    await pause('POST_SCALE_UP');
    await finish('on-ecs-paused', executionOf(serviceDeploymentArn));
    await ask(comesBack());
    expect(callers.said('ContinueServiceDeployment')).toMatchObject([
      { hookId: 'pause-PRE_SCALE_UP', action: 'CONTINUE' },
      { hookId: 'pause-POST_SCALE_UP', action: 'CONTINUE' },
    ]);
  });

  test('a task of Step Functions is kept waiting, then succeeds; one that asks about no release fails', async () => {
    await ask({ action: 'start', ...release('by-machine', 'x-3') });
    await ask({ taskToken: 'token-1', group: 'by-machine', executionId: 'x-3' });
    expect(callers.said('SendTaskHeartbeat')).toEqual([{ taskToken: 'token-1' }]);
    await finish('by-machine', 'x-3');
    await ask(comesBack());
    expect(callers.said('SendTaskSuccess')).toMatchObject([{ taskToken: 'token-1' }]);
    await ask({ taskToken: 'token-2', releaseId: 'no-such-release' });
    expect(callers.said('SendTaskFailure')).toMatchObject([{ taskToken: 'token-2', error: 'GateRollback' }]);
  });

  test('a measurement of Argo is let in by the gate’s own token', async () => {
    const event = (bearer: string) => ({
      requestContext: { http: { method: 'POST', path: '/gate/argo' } },
      headers: { authorization: `Bearer ${bearer}` },
      body: JSON.stringify(release('by-argo', 'x-4')),
    });
    expect(await ask(event('another token'))).toMatchObject({ statusCode: 401 });
    expect(await ask(event(TOKEN))).toMatchObject({ statusCode: 200 });
  });

  test('for all of that the gate has every right that it needs, and none that it does not', () => {
    const ofGate = <Of extends { readonly function: string }>(all: readonly Of[]) =>
      all.filter((one) => one.function === 'gate');
    const { isNamed } = deployment;
    const rights = { calls: ofGate(deployment.calls()), grants: ofGate(deployment.grants), isNamed };
    expect(missingRights(rights)).toEqual([]);
    expect(unusedRights(rights, NOT_CALLED)).toEqual([]);
  });
});
