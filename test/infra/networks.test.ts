import type { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { aCluster, lagCheckerTemplate, templateOf } from '../builders/lag-checker-template.ts';

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
  template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'SampleAgeMs' }, 5);
});

test('a cluster more, or another order, replaces no function', () => {
  const before = snapshotsOf(lagCheckerTemplate(cluster('a', vpc), cluster('b', null)));
  const after = snapshotsOf(lagCheckerTemplate(cluster('c', otherGroup), cluster('b', null), cluster('a', vpc)));
  expect(after).toEqual(expect.arrayContaining([...before]));
});

/** Subnets without a way out, as MSK's often are, and the free endpoint of DynamoDB. */
const aPrivateVpc = (stack: Stack): Vpc =>
  new Vpc(stack, 'Net', {
    natGateways: 0,
    subnetConfiguration: [{ name: 'msk', subnetType: SubnetType.PRIVATE_ISOLATED }],
    gatewayEndpoints: { dynamo: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
  });

describe('a VPC that is given as a construct', () => {
  const subnets = { VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: [Match.anyValue()] } };
  const iam = { mechanism: 'msk-iam' as const, region: 'eu-west-1' };

  test('MSK with IAM in private subnets needs DynamoDB’s gateway endpoint, and nothing that costs', () => {
    const template = templateOf({ clusters: [{ ...aCluster, authentication: iam }] }, (stack) => ({
      vpc: aPrivateVpc(stack),
    }));
    template.resourcePropertiesCountIs('AWS::Lambda::Function', subnets, 1);
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 1);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('with a secret, an interface endpoint takes the function’s calls', () => {
    const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_lag-a1b2c3';
    const scram = { mechanism: 'scram' as const, credentials: { secretArn } };
    const template = templateOf({ clusters: [{ ...aCluster, authentication: scram }] }, (stack) => {
      const vpc = aPrivateVpc(stack);
      vpc.addInterfaceEndpoint('Secrets', { service: InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
      return { vpc };
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true });
    template.resourcePropertiesCountIs('AWS::Lambda::Function', subnets, 1);
  });

  test('is where clusters are read that name none of their own', () => {
    const template = templateOf({ clusters: [cluster('theirs', null), cluster('own', vpc)] }, (stack) => ({
      vpc: aPrivateVpc(stack),
    }));
    expect(snapshotsOf(template)).toHaveLength(2);
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { VpcConfig: { SubnetIds: vpc.subnetIds } }, 1);
  });

  test('the brokers’ group lets the reader in by name', () => {
    const template = templateOf(
      { clusters: [aCluster] },
      (stack) => ({ vpc: aPrivateVpc(stack) }),
      (lag, stack) => {
        const brokers = SecurityGroup.fromSecurityGroupId(stack, 'Brokers', 'sg-0a1b2c3d');
        brokers.connections.allowFrom(lag, Port.tcp(9098));
      },
    );
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-0a1b2c3d',
      FromPort: 9098,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('LagCheckerSecurityGroup'), 'GroupId'] },
    });
  });
});

test.each([
  {
    why: 'a choice among nothing',
    props: () => ({ vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } }),
    says: 'vpcSubnets: it chooses among the subnets of "vpc", which is not given',
  },
  {
    why: 'groups for nothing',
    props: (stack: Stack) => ({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-0a1b2c3d')] }),
    says: 'securityGroups: they are for functions in "vpc", which is not given',
  },
  {
    why: 'no group at all',
    props: (stack: Stack) => ({ vpc: aPrivateVpc(stack), securityGroups: [] }),
    says: 'securityGroups: it is empty; leave it out for a new group',
  },
])('$why stops the synth, naming the prop', ({ props, says }) => {
  expect(() => templateOf({ clusters: [aCluster] }, props)).toThrow(`Lag/LagChecker has wrong props:\n  ${says}`);
});

test('a VPC from which nothing is read stops the synth, naming the prop', () => {
  const config = { clusters: [cluster('own', vpc)] };
  expect(() => templateOf(config, (stack) => ({ vpc: aPrivateVpc(stack) }))).toThrow(
    'vpc: no cluster is read from there',
  );
});
