import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { ENV } from '../lambdas/contract.ts';
import { grantBrokerAccess } from './broker-access.ts';
import { BundledFunction, type FunctionSettings } from './bundled-function.ts';
import { type Network, usesMskIam } from './network.ts';
import { placeIn } from './vpc-placement.ts';

export interface RestoreFunctionProps {
  /** As the function reaches them: its principal may be another than the reader's. */
  readonly clusters: readonly ClusterConfig[];
  readonly network: Network | null;
  readonly settings: FunctionSettings;
  readonly table: TableV2;
}

/**
 * Puts the offsets of a release's group back, when it is asked to; nothing here asks it. The only function that can
 * change anything in Kafka, which is why it is one of its own, with a role of its own.
 */
export class RestoreFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { clusters, network, settings, table }: RestoreFunctionProps) {
    super(scope, id);
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: usesMskIam(clusters) ? 'restore-msk-iam' : 'restore',
      description: 'sluicegate: puts offsets back, on request',
      environment: { [ENV.table]: table.tableName },
    });
    this.function = bundled.function;
    if (network !== null) placeIn(network, bundled);
    table.grant(bundled.role, 'dynamodb:GetItem', 'dynamodb:PutItem');
    grantBrokerAccess(clusters, bundled, 'restore');
    // A second try would find the group in another state than whoever asked has seen.
    bundled.function.configureAsyncInvoke({ retryAttempts: 0 });
  }
}
