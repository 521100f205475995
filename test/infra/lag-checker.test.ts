import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCluster, lagCheckerTemplate, templateOf } from '../builders/lag-checker-template.ts';

const refTo = (id: string) => ({ Ref: Match.stringLikeRegexp(id) });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(id), 'Arn'] });

/** Of one cluster, reached without a VPC. */
let template: Template;
beforeAll(() => {
  template = lagCheckerTemplate();
});

test('history is encrypted, expires by itself, can be restored, and outlives the stack', () => {
  template.hasResource('AWS::DynamoDB::GlobalTable', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAtS', Enabled: true },
      // DynamoDB's own key: what false stands for.
      SSESpecification: { SSEEnabled: false },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    },
  });
});

describe('the functions', () => {
  test.each([
    { name: 'snapshot', more: {} },
    { name: 'evaluate', more: { SLUICEGATE_TOPIC_ARNS: refTo('Notices') } },
  ])('$name runs on arm64 with Node 24 and knows its table', ({ name, more }) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 59,
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: name, SLUICEGATE_TABLE: refTo('HistoryTable'), ...more } },
      VpcConfig: Match.absent(),
    });
  });

  test('evaluate keeps the heap within its memory: Node alone would go by the machine', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Environment: {
        Variables: {
          POWERTOOLS_SERVICE_NAME: 'evaluate',
          NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=384',
        },
      },
    });
  });

  test('keep their logs for a month', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    // Three functions, and who called the HTTP API.
    template.resourceCountIs('AWS::Logs::LogGroup', 4);
  });
});

test('each minute the schedule passes its own time as the slot, and never tries again', () => {
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(* * * * ? *)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: arnOf('SnapshotBundledFunction'),
      Input: '{"cluster":"prod","slot":"<aws.scheduler.scheduled-time>"}',
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    },
  });
});

test.each([
  { sampleInterval: '5m', expression: 'cron(0/5 * * * ? *)' },
  { sampleInterval: '1h', expression: 'cron(0 * * * ? *)' },
])('a sample interval of $sampleInterval is $expression', ({ sampleInterval, expression }) => {
  const slower = lagCheckerTemplate({ ...aCluster, sampleInterval });
  slower.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: expression });
});

test('snapshot hands over to evaluate, whether it went well or not, and is not repeated', () => {
  const evaluate = { Destination: arnOf('EvaluateBundledFunction') };
  template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
    FunctionName: refTo('SnapshotBundledFunction'),
    DestinationConfig: { OnSuccess: evaluate, OnFailure: evaluate },
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 60,
  });
});

describe('the topics', () => {
  test('take nothing over plain text; notices lie under Amazon’s key, which costs nothing a month', () => {
    template.resourceCountIs('AWS::SNS::Topic', 2);
    template.resourceCountIs('AWS::KMS::Key', 0);
    const managed = { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('alias/aws/sns')])] };
    template.resourcePropertiesCountIs('AWS::SNS::Topic', { KmsMasterKeyId: managed }, 1);
    template.allResourcesProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  const alarms = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };

  test('only the one for operations takes alarms, and no key stands in their way', () => {
    template.resourcePropertiesCountIs(
      'AWS::SNS::TopicPolicy',
      { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: 'sns:Publish' })]) } },
      1,
    );
    template.hasResourceProperties('AWS::SNS::Topic', {
      DisplayName: 'sluicegate operations',
      KmsMasterKeyId: Match.absent(),
    });
  });

  test('lie under a key of one’s own if there is one, and it lets alarms through', () => {
    const own = templateOf({ clusters: [aCluster] }, (stack) => ({ topicKey: new Key(stack, 'Own') }));
    own.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: arnOf('Own') });
    own.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ ...alarms, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] })]),
      },
    });
  });
});

test('silence sounds: without an evaluation in five slots the operations topic hears of it', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'Lag-NoEvaluations-prod',
    Namespace: 'Sluicegate',
    MetricName: 'SampleAgeMs',
    Dimensions: [{ Name: 'cluster', Value: 'prod' }],
    Statistic: 'SampleCount',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmActions: [refTo('Operations')],
    OKActions: [refTo('Operations')],
  });
});

test('what people need next is among the outputs', () => {
  const outputs = Object.keys(template.findOutputs('*')).map((id) => id.replace(/^LagChecker|[0-9A-F]{8}$/g, ''));
  expect(outputs.toSorted()).toEqual(['NoticesTopicArn', 'OperationsTopicArn', 'TableName', 'TokenSecretName', 'Url']);
});

test('a configuration that can’t be deployed stops the synth', () => {
  expect(() => lagCheckerTemplate({ ...aCluster, sampleInterval: '5s' })).toThrow(
    /the config of Lag\/LagChecker can't be deployed to AWS:\n {2}clusters\[0\]\.sampleInterval/,
  );
});
