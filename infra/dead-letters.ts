import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { OperationsAlarm } from './operations-alarm.ts';

/**
 * What Slack did not take, after all retries. The other functions need no such queue: a sample that `evaluate` failed on
 * is still in the table, and the next invocation takes it; a slot that `snapshot` missed is worth nothing later.
 */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { operations }: { readonly operations: ITopic }) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      // SQS's own key: no monthly fee, and no right beyond sending.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is: someone may be on holiday.
      retentionPeriod: Duration.days(14),
    });
    new OperationsAlarm(this, 'Filled', {
      name: 'NoticesNotPosted',
      means: 'Slack did not take notices; they wait in a queue.',
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: Stats.MAXIMUM,
      }),
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
  }
}
