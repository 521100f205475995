import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { TABLE_KEYS } from '../lambdas/contract.ts';

/** Samples, verdicts, checkpoints and incidents. Items expire on their own; the table outlives the stack. */
export class HistoryTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: TABLE_KEYS.partition, type: AttributeType.STRING },
      sortKey: { name: TABLE_KEYS.sort, type: AttributeType.STRING },
      timeToLiveAttribute: TABLE_KEYS.expiresAtS,
      billing: Billing.onDemand(),
      // The account's own key for DynamoDB: its use stands in CloudTrail, and it costs no monthly fee.
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Weeks of history and every open incident: a stack deleted by mistake must not take them along.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
