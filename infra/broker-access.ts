import { Aws, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { secretArnsOf } from '../lambdas/config/on-aws.ts';
import type { BundledFunction } from './bundled-function.ts';

/** Grants what it takes to read these clusters, beside the network: their secrets, and MSK's reading actions. */
export function grantBrokerAccess(clusters: readonly ClusterConfig[], bundled: BundledFunction): void {
  const secrets = [...new Set(clusters.flatMap(secretArnsOf))];
  if (secrets.length > 0) {
    bundled.role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }));
  }
  const grants = clusters.flatMap(mskGrantsOf);
  if (grants.length === 0) return;
  const policy = new Policy(bundled, 'MskAccess', { roles: [bundled.role] });
  for (const { actions, resource } of grants) {
    policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${asReported(resource)}]`,
      reason:
        'Reading actions on all topics and groups: groups are found, not configured. "clusterArn" narrows them to one cluster.',
    });
  }
}

interface MskGrant {
  readonly actions: readonly string[];
  readonly resource: string;
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
function mskGrantsOf({ authentication }: ClusterConfig): readonly MskGrant[] {
  if (authentication.mechanism !== 'msk-iam') return [];
  const { clusterArn, region } = authentication;
  const cluster = clusterArn ?? `arn:${Aws.PARTITION}:kafka:${region}:${Aws.ACCOUNT_ID}:cluster/*/*`;
  return [
    { actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'], resource: cluster },
    { actions: ['kafka-cluster:DescribeTopic'], resource: partsOf(cluster, 'topic') },
    { actions: ['kafka-cluster:DescribeGroup'], resource: partsOf(cluster, 'group') },
  ];
}

/** Their ARNs repeat the cluster's name and id: `…:topic/CLUSTER/UUID/TOPIC`. */
const partsOf = (clusterArn: string, kind: 'topic' | 'group'): string =>
  `${clusterArn.replace(':cluster/', `:${kind}/`)}/*`;

/** cdk-nag's way to write what is known at deployment only. */
const asReported = (arn: string): string =>
  arn.replace(Aws.PARTITION, '<AWS::Partition>').replace(Aws.ACCOUNT_ID, '<AWS::AccountId>');
