import { Duration } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig, type IDestination, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { grantBrokerAccess } from './broker-access.ts';
import { BundledFunction, type FunctionSettings } from './bundled-function.ts';
import { ClusterSchedules } from './cluster-schedules.ts';
import { type NetworkClusters, usesMskIam } from './network.ts';
import { placeIn } from './vpc-placement.ts';

export interface SnapshotFunctionProps {
  readonly reads: NetworkClusters;
  readonly settings: FunctionSettings;
  readonly table: TableV2;
  /** Invoked with the outcome of each snapshot, well or not. */
  readonly evaluate: IFunction;
}

/** Reads the clusters of one network, each on its own schedule, into the table, and hands over to `evaluate`. */
export class SnapshotFunction extends Construct {
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { reads, settings, table, evaluate }: SnapshotFunctionProps) {
    super(scope, id);
    const { clusters, network } = reads;
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: usesMskIam(clusters) ? 'snapshot-msk-iam' : 'snapshot',
      description: 'sluicegate: reads Kafka, writes samples',
      environment: { [ENV.table]: table.tableName },
    });
    this.function = bundled.function;
    if (network !== null) placeIn(network, bundled);
    table.grant(
      bundled.role,
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    );
    grantBrokerAccess(clusters, bundled, 'read');
    handOver(bundled, evaluate);
    new ClusterSchedules(this, 'Schedules', { clusters, snapshot: bundled.function });
  }
}

/** A failed snapshot is handed over too: notices that still wait are then sent, and older samples judged. */
function handOver(bundled: BundledFunction, evaluate: IFunction): void {
  // The library's own destination would grant every version and alias.
  const destination: IDestination = { bind: () => ({ destination: evaluate.functionArn }) };
  bundled.role.addToPolicy(
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [evaluate.functionArn] }),
  );
  new EventInvokeConfig(bundled, 'Next', {
    function: bundled.function,
    onSuccess: destination,
    onFailure: destination,
    // The next slot comes anyway, and a late reading is worth nothing.
    retryAttempts: 0,
    maxEventAge: Duration.minutes(1),
  });
}
