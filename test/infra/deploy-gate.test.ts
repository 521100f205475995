import type { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { DeployGate } from '../../infra/deploy-gate.ts';
import type { DeployGateProps } from '../../infra/deploy-gate-props.ts';
import { aCluster, grantsOf, templateOf } from '../builders/lag-checker-template.ts';

const gateTemplate = (props: Partial<DeployGateProps> = {}, clusters = [aCluster]) =>
  templateOf({ clusters }, undefined, (lagChecker, stack) => new DeployGate(stack, 'Gate', { lagChecker, ...props }));

const template = gateTemplate({ pipelines: ['billing'] });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringContaining(id), 'Arn'] });

test('the gate may keep its ledger, have a reading taken and report jobs, and no more', () => {
  const table = arnOf('HistoryTable');
  expect(grantsOf(template, 'GateBundledRole')).toEqual({
    'logs:CreateLogStream': arnOf('Log'),
    'logs:PutLogEvents': arnOf('Log'),
    'dynamodb:BatchGetItem': table,
    'dynamodb:BatchWriteItem': table,
    'dynamodb:GetItem': table,
    'dynamodb:PutItem': table,
    'dynamodb:Query': table,
    'lambda:InvokeFunction': arnOf('SnapshotBundledFunction'),
    'codepipeline:GetPipelineExecution': { 'Fn::Join': ['', expect.arrayContaining([':billing'])] },
    'codepipeline:PutJobSuccessResult': '*',
    'codepipeline:PutJobFailureResult': '*',
  });
});

test('without pipelines it has no right at CodePipeline', () => {
  const actions = Object.keys(grantsOf(gateTemplate(), 'GateBundledRole'));
  expect(actions.filter((action) => action.startsWith('codepipeline'))).toEqual([]);
});

test('it knows which function reads which cluster', () => {
  const subnets = { subnetIds: ['subnet-0a1b2c3d'], securityGroupIds: ['sg-0a1b2c3d'] };
  const clusters = [aCluster, { ...aCluster, name: 'inside', vpc: subnets }];
  const functions = gateTemplate({}, clusters).findResources('AWS::Lambda::Function', {
    Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'gate' } } },
  });
  const [gate] = Object.values(functions);
  const { SLUICEGATE_SNAPSHOT_FUNCTIONS: value } = gate?.['Properties'].Environment.Variables ?? {};
  const parts: readonly (string | { readonly Ref: string })[] = value['Fn::Join'][1];
  const json = parts.map((part) => (typeof part === 'string' ? part : part.Ref)).join('');
  expect(Object.values(JSON.parse(json))).toEqual([['prod'], ['inside']]);
});

test('a gate that fails sounds at once', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Lag-GateErrors',
    Threshold: 1,
    EvaluationPeriods: 1,
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Operations') }],
  });
});

describe('callers that ask once and wait', () => {
  const approvals = (stack: Stack) => [
    Topic.fromTopicArn(stack, 'Approvals', 'arn:aws:sns:eu-west-1:123456789012:approve'),
  ];
  const waiting = templateOf({ clusters: [aCluster] }, undefined, (lagChecker, stack) => {
    new DeployGate(stack, 'Gate', {
      lagChecker,
      pipelines: ['billing'],
      approvals: approvals(stack),
      codeDeploy: { 'billing/live': { group: 'billing' } },
      ecsServices: ['main/billing'],
      stateMachines: ['release-billing'],
    });
  });
  const grants = grantsOf(waiting, 'GateBundledRole');

  test('have the gate ask itself again, by schedules that it may make in one group only', () => {
    waiting.resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
    expect(JSON.stringify(grants['scheduler:CreateSchedule'])).toMatch(/:schedule\/[^*]+\/\*/);
    waiting.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  test.each([
    ['codepipeline:PutApprovalResult', ':billing/*'],
    ['codedeploy:PutLifecycleEventHookExecutionStatus', ':deploymentgroup:billing/live'],
    ['ecs:ContinueServiceDeployment', ':service-deployment/main/billing/*'],
    ['ecs:ListServiceDeployments', ':service/main/billing'],
    ['states:SendTaskSuccess', ':stateMachine:release-billing'],
    ['states:SendTaskFailure', ':stateMachine:release-billing'],
    ['states:SendTaskHeartbeat', ':stateMachine:release-billing'],
  ])('may be answered where they are named: %s on %s', (action, resource) => {
    expect(JSON.stringify(grants[action])).toContain(resource);
  });

  test('reach it: approvals by their topic, hooks with what is said of their group', () => {
    waiting.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
    waiting.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SLUICEGATE_CODE_DEPLOY_GROUPS: '{"billing/live":{"group":"billing"}}' } },
    });
  });
});

test('a state machine that waits is enough for the gate to ask itself again', () => {
  gateTemplate({ stateMachines: ['release-billing'] }).resourceCountIs('AWS::Scheduler::ScheduleGroup', 1);
});

test('Flagger and Argo come in by routes under /gate, with a token that opens nothing else', () => {
  const open = gateTemplate({ http: true });
  open.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'ANY /gate/{proxy+}' });
  open.resourceCountIs('AWS::SecretsManager::Secret', 2);
  expect(grantsOf(open, 'GateBundledRole')).toHaveProperty('secretsmanager:GetSecretValue', {
    Ref: expect.stringContaining('GateToken'),
  });
});

test.each([
  { props: { codeDeploy: { billing: {} } }, says: 'codeDeploy: "billing" is not "application/deployment group"' },
  { props: { pipelines: ['billing-*'] }, says: 'pipelines: "billing-*" is not a pipeline\'s name' },
  {
    props: { stateMachines: ['arn:aws:states:eu-west-1:123456789012:stateMachine:release'] },
    says: 'stateMachines: "arn:aws:states:eu-west-1:123456789012:stateMachine:release" is not a state machine\'s name',
  },
  { props: { ecsServices: ['billing'] }, says: 'ecsServices: "billing" is not "cluster/service"' },
])('a wrong prop stops the synth: $says', ({ props, says }) => {
  expect(() => gateTemplate(props)).toThrow(`Lag/Gate has wrong props:\n  ${says}`);
});
