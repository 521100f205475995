import { Match, type Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { lagCheckerTemplate } from '../builders/lag-checker-template.ts';

const vpc = { subnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], securityGroupIds: ['sg-0a1b2c3d'] };
const sameVpc = { ...vpc, subnetIds: vpc.subnetIds.toReversed() };
const otherGroup = { ...vpc, securityGroupIds: ['sg-1a1b2c3d'] };

const cluster = (name: string, where: typeof vpc | null) => ({ name, brokers: [`${name}:9092`], vpc: where });

const snapshotsOf = (template: Template): readonly string[] =>
  Object.keys(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'snapshot' } } },
    }),
  );

test('a cluster in a VPC is read from its subnets; Lambda finds the rights it asks for', () => {
  const template = lagCheckerTemplate(cluster('a', vpc));
  template.hasResource('AWS::Lambda::Function', {
    Properties: { VpcConfig: { SubnetIds: vpc.subnetIds, SecurityGroupIds: vpc.securityGroupIds } },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('NetworkInterfaces')]),
  });
});

test('evaluate stays outside every VPC', () => {
  const template = lagCheckerTemplate(cluster('a', vpc));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'evaluate' } },
    VpcConfig: Match.absent(),
  });
});

test('clusters share a function when they share a network, and each has its schedule and its alarm', () => {
  const template = lagCheckerTemplate(
    cluster('a', vpc),
    cluster('b', sameVpc),
    cluster('c', otherGroup),
    cluster('d', null),
    cluster('e', null),
  );
  expect(snapshotsOf(template)).toHaveLength(3);
  template.resourceCountIs('AWS::Scheduler::Schedule', 5);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 5);
});

test('a cluster more, or another order, replaces no function', () => {
  const before = snapshotsOf(lagCheckerTemplate(cluster('a', vpc), cluster('b', null)));
  const after = snapshotsOf(lagCheckerTemplate(cluster('c', otherGroup), cluster('b', null), cluster('a', vpc)));
  expect(after).toEqual(expect.arrayContaining([...before]));
});
