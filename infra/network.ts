import { createHash } from 'node:crypto';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';

export type Network = NonNullable<ClusterConfig['vpc']>;

/** The clusters that one snapshot function reads. */
export interface NetworkClusters {
  /** Part of construct ids; the same for the same network, whatever else the configuration holds. */
  readonly id: string;
  /** Null: outside any VPC. */
  readonly network: Network | null;
  readonly clusters: readonly ClusterConfig[];
}

/**
 * Clusters by where they are reached from: one function serves all that share a network.
 *
 * @param usual where clusters are read from that name no network; null: outside any
 */
export function byNetwork(clusters: readonly ClusterConfig[], usual: Network | null): readonly NetworkClusters[] {
  return [...Map.groupBy(clusters, ({ vpc }) => (vpc === null && usual !== null ? USUAL : idOf(vpc)))].map(
    ([id, members]) => ({ id, network: members[0]?.vpc ?? usual, clusters: members }),
  );
}

/** Ids of a VPC that is given as a construct are known at deployment only, and can't be part of a construct's id. */
const USUAL = 'Vpc';

function idOf(network: Network | null): string {
  if (network === null) return '';
  const parts = [...network.subnetIds.toSorted(), ...network.securityGroupIds.toSorted()];
  return createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 8);
}

/** Whether any of them asks for tokens of IAM, for which a bundle has to carry the signer. */
export const usesMskIam = (clusters: readonly ClusterConfig[]): boolean =>
  clusters.some(({ authentication }) => authentication.mechanism === 'msk-iam');
