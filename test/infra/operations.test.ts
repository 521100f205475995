import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { DeployGate } from '../../infra/deploy-gate.ts';
import { METRICS } from '../../lambdas/contract.ts';
import { PARTS, USUAL_DEPLOYMENT } from '../../lambdas/core/cost/deployment.ts';
import { aCluster, grantsOf, lagCheckerTemplate, templateOf } from '../builders/lag-checker-template.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-a1b2c3';
const usual = lagCheckerTemplate();
const everything = templateOf({ clusters: [aCluster], notices: { slack: { webhook: { secretArn } } } }, (stack) => ({
  dashboard: true,
  tracing: true,
  logRetention: RetentionDays.ONE_YEAR,
  operationsTopic: Topic.fromTopicArn(stack, 'Theirs', 'arn:aws:sns:eu-west-1:123456789012:theirs'),
}));

test('an evaluate that keeps failing sounds, a single failure does not', () => {
  usual.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Lag-FunctionErrors',
    Threshold: 3,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: Match.stringLikeRegexp('Evaluate') } }],
  });
});

test.each([
  { sampleInterval: '5m', periods: 3 },
  // Three tries of one event lie within minutes: a second event an hour later must still be in sight.
  { sampleInterval: '1h', periods: 25 },
])('where a cluster is read every $sampleInterval, it is $periods periods of five minutes that count', ({
  sampleInterval,
  periods,
}) => {
  lagCheckerTemplate(aCluster, { ...aCluster, name: 'slow', sampleInterval }).hasResourceProperties(
    'AWS::CloudWatch::Alarm',
    { AlarmName: 'Lag-FunctionErrors', Period: 300, EvaluationPeriods: periods, DatapointsToAlarm: 2 },
  );
});

test('evaluate sounds before it is cut off', () => {
  usual.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Lag-FunctionSlow', Threshold: 0.75 * 59_000 });
});

describe('what Slack did not take', () => {
  test('waits in an encrypted queue for a fortnight, and sounds', () => {
    everything.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
    everything.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Lag-NoticesNotPosted' });
    expect(grantsOf(everything, 'LagCheckerSlackBundledRole')).toHaveProperty('sqs:SendMessage');
  });
});

test('alarms go to the customer’s topic if there is one, and none is made for them', () => {
  everything.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: ['arn:aws:sns:eu-west-1:123456789012:theirs'],
  });
  everything.resourceCountIs('AWS::SNS::Topic', 1);
});

test('logs are kept as long as asked, and X-Ray follows if it is wanted', () => {
  everything.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  everything.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  usual.allResourcesProperties('AWS::Lambda::Function', { TracingConfig: Match.absent() });
});

test('the dashboard shows every metric of a cluster', () => {
  const [dashboard] = Object.values(everything.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.['Properties'].DashboardBody);
  for (const { name } of Object.values(METRICS)) expect(body).toContain(name);
});

/** An alarm over several metrics costs as much as one for each of them. */
const alarmMetricsIn = (template: typeof usual): number =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map((alarm) => alarm['Properties'])
    .reduce((sum, { Metrics }) => sum + (Metrics?.filter((one: object) => 'MetricStat' in one).length ?? 1), 0);

describe('what `cost` counts is what the template holds:', () => {
  const count = (template: typeof usual, type: string): number => Object.keys(template.findResources(type)).length;

  test('alarms', () => {
    expect(alarmMetricsIn(usual)).toBe(PARTS.alarms + PARTS.alarmsPerCluster);
    const two = lagCheckerTemplate(aCluster, { ...aCluster, name: 'other' });
    expect(alarmMetricsIn(two)).toBe(PARTS.alarms + 2 * PARTS.alarmsPerCluster);
    expect(alarmMetricsIn(everything)).toBe(alarmMetricsIn(usual) + PARTS.alarmsOfSlack);
    const gated = templateOf({ clusters: [aCluster] }, undefined, (lagChecker, stack) => {
      new DeployGate(stack, 'Gate', { lagChecker });
    });
    expect(alarmMetricsIn(gated)).toBe(alarmMetricsIn(usual) + PARTS.alarmsOfGate);
  });

  test('secrets, dashboards, keys', () => {
    expect(count(usual, 'AWS::SecretsManager::Secret')).toBe(PARTS.secrets);
    expect(count(usual, 'AWS::CloudWatch::Dashboard') > 0).toBe(USUAL_DEPLOYMENT.dashboard);
    expect(count(everything, 'AWS::CloudWatch::Dashboard')).toBe(1);
    expect(count(usual, 'AWS::KMS::Key') > 0).toBe(USUAL_DEPLOYMENT.topicKey);
  });

  test('metrics, and no NAT gateway or endpoint', () => {
    expect(Object.keys(METRICS)).toHaveLength(PARTS.metricsPerCluster);
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint']) expect(count(usual, type)).toBe(0);
  });
});
