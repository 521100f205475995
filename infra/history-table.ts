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
      // DynamoDB's own key, under which every table lies: nothing to pay for each request, and no policy to get wrong.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Weeks of history and every open incident: a stack deleted by mistake must not take them along.
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
