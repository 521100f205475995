import { type ISecurityGroup, type IVpc, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Network } from './network.ts';

/** Where clusters are read from that name no `vpc` of their own. */
export interface UsualNetworkProps {
  /** Their brokers' VPC. Default: none, and such clusters are reached over the internet. */
  readonly vpc?: IVpc;
  /** Default: the private subnets, else the isolated ones. */
  readonly vpcSubnets?: SubnetSelection;
  /** Which the brokers' groups must admit. Default: a new one, which may reach anything and is reached by nobody. */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/** What is wrong with these props, each with its name. */
export function networkProblems({ vpc, vpcSubnets, securityGroups }: UsualNetworkProps): readonly string[] {
  if (vpc === undefined) {
    return [
      ...(vpcSubnets === undefined ? [] : ['vpcSubnets: it chooses among the subnets of "vpc", which is not given']),
      ...(securityGroups === undefined ? [] : ['securityGroups: they are for functions in "vpc", which is not given']),
    ];
  }
  if (securityGroups?.length === 0) return ['securityGroups: it is empty; leave it out for a new group'];
  return subnetIdsOf(vpc, vpcSubnets).length > 0 ? [] : ['vpcSubnets: it chooses none of the subnets of "vpc"'];
}

/** The same in the words of the configuration; null: outside any VPC. */
export function usualNetwork(
  scope: Construct,
  props: UsualNetworkProps,
): { network: Network; groups: readonly ISecurityGroup[] } | null {
  const { vpc, vpcSubnets, securityGroups } = props;
  if (vpc === undefined) return null;
  const groups = securityGroups ?? [
    new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'sluicegate: snapshot', allowAllOutbound: true }),
  ];
  const securityGroupIds = groups.map(({ securityGroupId }) => securityGroupId);
  return { network: { subnetIds: subnetIdsOf(vpc, vpcSubnets), securityGroupIds }, groups };
}

const subnetIdsOf = (vpc: IVpc, selection: SubnetSelection | undefined): string[] => {
  if (selection !== undefined) return vpc.selectSubnets(selection).subnetIds;
  const usual = vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets;
  return usual.map(({ subnetId }) => subnetId);
};
