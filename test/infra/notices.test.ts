import { expect, test } from 'vitest';
import { aCluster, grantsOf, templateOf } from '../builders/lag-checker-template.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-a1b2c3';
const template = templateOf({
  clusters: [aCluster],
  notices: {
    topics: [
      { name: 'mail', form: 'text' },
      { name: 'machines', form: 'json' },
    ],
    eventBus: 'ops',
    slack: { webhook: { secretArn } },
  },
});

const topic = (name: string) => ({ Ref: expect.stringMatching(`Topics.*Notices${name}`) });

test('each configured topic is made, named in the outputs, and given to evaluate in their order', () => {
  expect(Object.keys(template.findOutputs('*')).map((name) => name.replace(/^LagChecker|[0-9A-F]{8}$/g, ''))).toEqual(
    expect.arrayContaining(['MailTopicArn', 'MachinesTopicArn', 'OperationsTopicArn']),
  );
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  const variables = functions.map((found) => found['Properties'].Environment?.Variables ?? {});
  expect(variables).toContainEqual(
    expect.objectContaining({ SLUICEGATE_TOPIC_ARNS: { 'Fn::Join': ['', [topic('mail'), ' ', topic('machines')]] } }),
  );
});

test('evaluate may publish to each of them and put events on the one bus', () => {
  expect(grantsOf(template, 'LagCheckerEvaluateBundledRole')).toMatchObject({
    'sns:Publish': [topic('mail'), topic('machines')],
    'events:PutEvents': { 'Fn::Join': ['', expect.arrayContaining([':event-bus/ops'])] },
  });
});

test('slack hears the JSON topic and may read its one secret', () => {
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'lambda' });
  const [subscription] = Object.values(template.findResources('AWS::SNS::Subscription'));
  expect(subscription?.['Properties'].TopicArn).toEqual(topic('machines'));
  expect(grantsOf(template, 'LagCheckerSlackBundledRole')).toMatchObject({
    'secretsmanager:GetSecretValue': secretArn,
  });
});
