import { Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { DeployGate, type DeployGateProps } from '../../infra/deploy-gate.ts';
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
