import { Aws } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { secretArnsOf } from '../lambdas/config/on-aws.ts';
import type { BundledFunction } from './bundled-function.ts';
import { acknowledgeWildcards } from './wildcards.ts';

/** What a function does at a cluster: `snapshot` only reads, `restore` puts offsets back. */
export type BrokerUse = 'read' | 'restore';

/** Grants what it takes to reach these clusters, beside the network: their secrets, and actions of MSK. */
export function grantBrokerAccess(clusters: readonly ClusterConfig[], bundled: BundledFunction, use: BrokerUse): void {
  const secrets = [...new Set(clusters.flatMap(secretArnsOf))];
  if (secrets.length > 0) {
    bundled.role.addToPolicy(new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: secrets }));
  }
  const grants = clusters.flatMap((cluster) => mskGrantsOf(cluster, use));
  if (grants.length === 0) return;
  const policy = new Policy(bundled, 'MskAccess', { roles: [bundled.role] });
  for (const { actions, resource } of grants) {
    policy.addStatements(new PolicyStatement({ actions: [...actions], resources: [resource] }));
    acknowledgeWildcards(policy, [resource], REASON_OF[use]);
  }
}

const REASON_OF: Readonly<Record<BrokerUse, string>> = {
  read: 'Reading actions on all topics and groups: groups are found, not configured. "clusterArn" narrows them to one cluster.',
  restore:
    'Which group has to go back is known when a release fails. "clusterArn" narrows this to one cluster, and only who is let may invoke it.',
};

interface MskGrant {
  readonly actions: readonly string[];
  readonly resource: string;
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
function mskGrantsOf({ authentication }: ClusterConfig, use: BrokerUse): readonly MskGrant[] {
  if (authentication.mechanism !== 'msk-iam') return [];
  const { clusterArn, region } = authentication;
  const cluster = clusterArn ?? `arn:${Aws.PARTITION}:kafka:${region}:${Aws.ACCOUNT_ID}:cluster/*/*`;
  return [
    { actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'], resource: cluster },
    { actions: ACTIONS_OF[use].topic, resource: partsOf(cluster, 'topic') },
    { actions: ACTIONS_OF[use].group, resource: partsOf(cluster, 'group') },
  ];
}

/** Committing an offset takes AlterGroup on the group and ReadData on the topic. */
const ACTIONS_OF = {
  read: { topic: ['kafka-cluster:DescribeTopic'], group: ['kafka-cluster:DescribeGroup'] },
  restore: {
    topic: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
    group: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
  },
} as const;

/** Their ARNs repeat the cluster's name and id: `…:topic/CLUSTER/UUID/TOPIC`. */
const partsOf = (clusterArn: string, kind: 'topic' | 'group'): string =>
  `${clusterArn.replace(':cluster/', `:${kind}/`)}/*`;
