import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DeployGate } from '../../infra/deploy-gate.ts';
import { EcsServiceExample } from '../../infra/examples/ecs-service.ts';
import { PipelinesExample } from '../../infra/examples/pipelines.ts';
import { requestsFor } from '../../lambdas/gate/request.ts';
import { aCluster, grantsOf, templateOf } from '../builders/lag-checker-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluicegate-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const report = z.object({
  pluginReports: z.array(
    z.object({ conclusion: z.string(), violations: z.array(z.looseObject({ ruleName: z.string() })) }),
  ),
});

/** Synthesises one example under cdk-nag, without bundling. */
function synthesised(make: (app: App) => Stack) {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = make(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const template = Template.fromStack(stack);
  app.synth();
  const { pluginReports } = report.parse(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
  return { template, violations: pluginReports.flatMap(({ violations }) => violations) };
}

describe('the pipelines of the example', () => {
  const { template, violations } = synthesised((app) => new PipelinesExample(app, 'Pipelines'));
  const stages = (name: string) =>
    Object.values(template.findResources('AWS::CodePipeline::Pipeline'))
      .map((resource) => resource['Properties'])
      .find((properties) => properties.Name === name)?.Stages;
  const parametersOf = (action: { readonly Configuration: { readonly UserParameters: string } }) =>
    JSON.parse(action.Configuration.UserParameters);

  test('pass cdk-nag', () => {
    expect(violations).toEqual([]);
  });

  test('ask the gate before and after the deploy action, and roll the stage back', () => {
    const [, deploy] = stages('billing-judged');
    expect(deploy).toMatchObject({
      Name: 'Deploy',
      OnFailure: { Result: 'ROLLBACK' },
      Actions: [
        { Name: 'GateStart', RunOrder: 1, Namespace: 'GateStart', ActionTypeId: { Provider: 'Lambda' } },
        { Name: 'Deploy', RunOrder: 2 },
        { Name: 'GateJudge', RunOrder: 3, Namespace: 'Gate', ActionTypeId: { Provider: 'Lambda' } },
      ],
    });
    const release = {
      pipeline: 'billing-judged',
      executionId: '#{codepipeline.PipelineExecutionId}',
      group: 'billing',
      strategy: 'rolling',
      canary: { client: '-v2-' },
      deadline: '2700s',
      onInconclusive: 'rollback',
      onLowTraffic: 'promote',
    };
    expect(parametersOf(deploy.Actions[0])).toEqual({ phase: 'start', ...release });
    expect(parametersOf(deploy.Actions[2])).toEqual({ phase: 'judge', ...release });
  });

  test('are wired in words that the gate understands', () => {
    const requests = requestsFor(['prod']);
    const [, deploy] = stages('billing-judged');
    const { phase: _start, ...start } = parametersOf(deploy.Actions[0]);
    const { phase: _judge, ...judge } = parametersOf(deploy.Actions[2]);
    expect(requests.start(start)).toMatchObject({ deadlineMs: 2_700_000, policies: { onBlind: 'rollback' } });
    expect(requests.named(judge)).toMatchObject({ group: 'billing' });
    const [, approved] = stages('billing-approved');
    expect(requests.named(JSON.parse(approved.Actions[2].Configuration.CustomData))).toMatchObject({ cluster: 'prod' });
  });

  test('have an approval that the gate may answer, that one only', () => {
    const [, deploy] = stages('billing-approved');
    expect(deploy.Actions[2]).toMatchObject({
      ActionTypeId: { Category: 'Approval', Provider: 'Manual' },
      Configuration: { NotificationArn: { Ref: expect.stringContaining('Approval') } },
    });
    const grants = grantsOf(template, 'DeployGateBundledRole');
    expect(JSON.stringify(grants['codepipeline:PutApprovalResult'])).toContain(':billing-approved/Deploy/GateApproval');
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
  });

  test('let the gate be asked again, by schedules of a group of its own', () => {
    const grants = grantsOf(template, 'DeployGateBundledRole');
    expect(JSON.stringify(grants['scheduler:CreateSchedule'])).toContain('/*');
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          SLUICEGATE_GATE_SCHEDULE_ROLE_ARN: Match.anyValue(),
          SLUICEGATE_GATE_SCHEDULE_GROUP: Match.anyValue(),
        }),
      },
    });
    expect(grantsOf(template, 'DeployGateSchedulesRole')).toEqual({
      'lambda:InvokeFunction': { 'Fn::GetAtt': [expect.stringContaining('DeployGateBundledFunction'), 'Arn'] },
    });
  });

  test('invoke the gate by a role that can do nothing else', () => {
    expect(Object.keys(grantsOf(template, 'DeployGateInvokedRole'))).toEqual(['lambda:InvokeFunction']);
  });
});

describe('the service of the example', () => {
  const { template, violations } = synthesised((app) => new EcsServiceExample(app, 'Service'));

  test('passes cdk-nag', () => {
    expect(violations).toEqual([]);
  });

  test('is deployed blue/green without a load balancer, and asks the gate before and after the scale-up', () => {
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    const { LoadBalancers, DeploymentConfiguration } = service?.['Properties'] ?? {};
    expect(LoadBalancers).toBeUndefined();
    expect(DeploymentConfiguration).toMatchObject({
      Strategy: 'BLUE_GREEN',
      LifecycleHooks: [
        {
          LifecycleStages: ['PRE_SCALE_UP', 'POST_SCALE_UP'],
          TimeoutConfiguration: { TimeoutInMinutes: 50, Action: 'ROLLBACK' },
        },
      ],
    });
    const [{ HookDetails }] = DeploymentConfiguration.LifecycleHooks;
    expect(JSON.parse(HookDetails)).toEqual({
      group: 'billing',
      strategy: 'blue-green',
      deadline: '2400s',
      onInconclusive: 'rollback',
    });
  });

  test('lets the gate look for its tasks, and ECS invoke the gate', () => {
    const actions = Object.keys(grantsOf(template, 'DeployGateBundledRole')).filter((one) => one.startsWith('ecs:'));
    expect(actions.toSorted()).toEqual([
      'ecs:ContinueServiceDeployment',
      'ecs:DescribeServiceDeployments',
      'ecs:DescribeTasks',
      'ecs:ListServiceDeployments',
      'ecs:ListTasks',
    ]);
    expect(Object.keys(grantsOf(template, 'BillingGateHookRole'))).toEqual(['lambda:InvokeFunction']);
  });
});

describe('a policy that leaves to a human what nobody waits for', () => {
  const wired = (wire: (gate: DeployGate) => void) =>
    templateOf({ clusters: [aCluster] }, undefined, (lagChecker, stack) => {
      wire(new DeployGate(stack, 'Gate', { lagChecker }));
    });
  const release = {
    group: 'billing',
    strategy: 'rolling',
    newVersion: { client: 'x' },
    onInconclusive: 'rollback',
  } as const;

  test('stops the synth at a judging action', () => {
    const manual = { ...release, onBlind: 'manual' } as const;
    expect(() => wired((gate) => gate.judgeAction({ pipeline: 'p', release: manual }))).toThrow(/wait for a human/);
  });

  test('is fine at an approval', () => {
    const manual = { ...release, onInconclusive: 'manual' } as const;
    expect(() => wired((gate) => gate.approval({ pipeline: 'p', stage: 's', release: manual }))).not.toThrow();
  });
});

test('a pipeline or a service that the gate was not told of stops the synth: it would have no right there', () => {
  const wired = (wire: (gate: DeployGate, stack: Stack) => void) =>
    templateOf({ clusters: [aCluster] }, undefined, (lagChecker, stack) => {
      wire(new DeployGate(stack, 'Gate', { lagChecker, pipelines: ['other'] }), stack);
    });
  const release = { group: 'b', strategy: 'rolling', newVersion: { client: 'x' }, onInconclusive: 'rollback' } as const;
  expect(() => wired((gate) => gate.startAction({ pipeline: 'p', release }))).toThrow(/name "p" in "pipelines"/);
  expect(() => wired((gate) => gate.ecsHook(null as never, { release }))).toThrow(/name the service in "ecsServices"/);
});
