import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { aCluster, grantsOf, lagCheckerTemplate } from '../builders/lag-checker-template.ts';

const snapshotRole = 'LagCheckerSnapshotBundledRole';
const evaluateRole = 'LagCheckerEvaluateBundledRole';
const template = lagCheckerTemplate();

const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringContaining(id), 'Arn'] });
const log = { 'logs:CreateLogStream': arnOf('Log'), 'logs:PutLogEvents': arnOf('Log') };
const table = arnOf('HistoryTable');

test('snapshot may look for open releases, write samples and hand over, on our own resources, and no more', () => {
  expect(grantsOf(template, snapshotRole)).toEqual({
    ...log,
    'dynamodb:BatchGetItem': table,
    'dynamodb:BatchWriteItem': table,
    'dynamodb:GetItem': table,
    'dynamodb:PutItem': table,
    'dynamodb:Query': table,
    'lambda:InvokeFunction': arnOf('EvaluateBundledFunction'),
  });
});

test('evaluate may read samples, write verdicts and publish notices, and cannot reach a broker', () => {
  expect(grantsOf(template, evaluateRole)).toEqual({
    ...log,
    'dynamodb:BatchGetItem': table,
    'dynamodb:BatchWriteItem': table,
    'dynamodb:GetItem': table,
    'dynamodb:PutItem': table,
    'dynamodb:Query': table,
    'dynamodb:UpdateItem': table,
    'sns:Publish': { Ref: expect.stringContaining('Notices') },
  });
});

test('the scheduler may invoke snapshot, for our account only', () => {
  expect(grantsOf(template, 'LagCheckerSnapshotSchedulesRole')).toEqual({
    'lambda:InvokeFunction': arnOf('SnapshotBundledFunction'),
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        Match.objectLike({
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ],
    },
  });
});

test('no role takes one of Amazon’s broad policies', () => {
  template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
});

test('a secret adds the right to read that one, to snapshot only', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_lag-a1b2c3';
  const withSecret = lagCheckerTemplate({
    ...aCluster,
    authentication: { mechanism: 'scram', credentials: { secretArn } },
  });
  expect(grantsOf(withSecret, snapshotRole)).toMatchObject({ 'secretsmanager:GetSecretValue': secretArn });
  expect(grantsOf(withSecret, evaluateRole)).not.toHaveProperty('secretsmanager:GetSecretValue');
});

test('MSK IAM adds reading actions on one cluster', () => {
  const id = 'orders/0a1b2c3d-1111-2222-3333-444455556666-7';
  const clusterArn = `arn:aws:kafka:eu-west-1:123456789012:cluster/${id}`;
  const withIam = lagCheckerTemplate({
    ...aCluster,
    authentication: { mechanism: 'msk-iam', region: 'eu-west-1', clusterArn },
  });
  const grants = Object.entries(grantsOf(withIam, snapshotRole)).filter(([action]) => action.startsWith('kafka'));
  expect(Object.fromEntries(grants)).toEqual({
    'kafka-cluster:Connect': clusterArn,
    'kafka-cluster:DescribeCluster': clusterArn,
    'kafka-cluster:DescribeTopic': `arn:aws:kafka:eu-west-1:123456789012:topic/${id}/*`,
    'kafka-cluster:DescribeGroup': `arn:aws:kafka:eu-west-1:123456789012:group/${id}/*`,
  });
});

describe('restore', () => {
  const id = 'orders/0a1b2c3d-1111-2222-3333-444455556666-7';
  const clusterArn = `arn:aws:kafka:eu-west-1:123456789012:cluster/${id}`;
  const withIam = {
    ...aCluster,
    authentication: { mechanism: 'msk-iam' as const, region: 'eu-west-1', clusterArn },
    restore: {},
  };

  test('exists only for clusters that want it', () => {
    expect(grantsOf(template, 'LagCheckerRestoreBundledRole')).toEqual({});
  });

  test('may commit offsets, which snapshot beside it may not, and keep the ledger', () => {
    const both = lagCheckerTemplate(withIam);
    const [topics, groups] = ['topic', 'group'].map((kind) => `arn:aws:kafka:eu-west-1:123456789012:${kind}/${id}/*`);
    expect(grantsOf(both, 'LagCheckerRestoreBundledRole')).toEqual({
      ...log,
      'dynamodb:GetItem': table,
      'dynamodb:PutItem': table,
      'kafka-cluster:Connect': clusterArn,
      'kafka-cluster:DescribeCluster': clusterArn,
      'kafka-cluster:DescribeTopic': topics,
      'kafka-cluster:ReadData': topics,
      'kafka-cluster:DescribeGroup': groups,
      'kafka-cluster:AlterGroup': groups,
    });
    const reader = Object.keys(grantsOf(both, snapshotRole));
    expect(reader.filter((action) => /AlterGroup|ReadData/.test(action))).toEqual([]);
  });

  test('reads the secret of its own principal, not the reader’s', () => {
    const arnOfSecret = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-a1b2c3`;
    const [reader, writer] = [arnOfSecret('reader'), arnOfSecret('writer')];
    const both = lagCheckerTemplate({
      ...aCluster,
      authentication: { mechanism: 'scram', credentials: { secretArn: reader } },
      restore: { secret: { secretArn: writer } },
    });
    expect(grantsOf(both, snapshotRole)['secretsmanager:GetSecretValue']).toBe(reader);
    expect(grantsOf(both, 'LagCheckerRestoreBundledRole')['secretsmanager:GetSecretValue']).toBe(writer);
  });
});
