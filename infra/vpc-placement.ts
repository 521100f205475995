import { Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { BundledFunction } from './bundled-function.ts';
import type { Network } from './network.ts';

/** Moves a function into existing subnets and security groups, by their ids alone: nothing is looked up at synth. */
export function placeIn({ subnetIds, securityGroupIds }: Network, bundled: BundledFunction): void {
  const interfaces = new Policy(bundled, 'NetworkInterfaces', {
    roles: [bundled.role],
    statements: [new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] })],
  });
  Validations.of(interfaces).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason:
      'Lambda makes and removes the network interfaces itself; their ids exist only then, and describing knows no resource.',
  });
  const resource = bundled.function.node.defaultChild;
  if (!(resource instanceof CfnFunction)) throw new Error('invariant: a function is a CfnFunction');
  resource.vpcConfig = { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
  // Lambda refuses a function in a VPC whose role does not yet have them.
  resource.node.addDependency(interfaces);
}

/** What the managed policy AWSLambdaVPCAccessExecutionRole grants, without its right to every log. */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];
