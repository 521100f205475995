import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { scheduleMinutesOf } from '../lambdas/config/on-aws.ts';
import { FUNCTION_TIMEOUT } from './bundled-function.ts';
import { OperationsAlarm } from './operations-alarm.ts';

export interface FunctionAlarmsProps {
  /**
   * Of no other function: a cluster that `snapshot` can't read is told as a notice, and who asks `api` sees that it fails.
   */
  readonly evaluate: IFunction;
  /** Whose schedules make it run. */
  readonly clusters: readonly ClusterConfig[];
  readonly operations: ITopic;
}

const PERIOD_MINUTES = 5;
const PERIOD = Duration.minutes(PERIOD_MINUTES);
/** Share of the time limit from which a function is slow: there is time left to act before it is cut off. */
const SLOW_SHARE = 0.75;

/** What breaks `evaluate`, or is about to. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { evaluate, clusters, operations }: FunctionAlarmsProps) {
    super(scope, id);
    new OperationsAlarm(this, 'Errors', {
      name: 'FunctionErrors',
      means: 'Invocations of evaluate keep failing: statuses or notices are late.',
      metric: evaluate.metricErrors({ period: PERIOD, statistic: Stats.SUM }),
      // An event is tried three times: a single failure is made good by the next try, or by the next slot.
      threshold: 3,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: periodsOf(clusters),
      breaching: 2,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
    new OperationsAlarm(this, 'Slow', {
      name: 'FunctionSlow',
      means: `Invocations of evaluate take more than ${SLOW_SHARE * 100} % of the time after which they are cut off.`,
      metric: evaluate.metricDuration({ period: PERIOD, statistic: Stats.MAXIMUM }),
      threshold: FUNCTION_TIMEOUT.toMilliseconds() * SLOW_SHARE,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
  }
}

/** Enough to hold two events of the slowest cluster: what lasts from one slot to the next is no accident. */
function periodsOf(clusters: readonly ClusterConfig[]): number {
  const slowestMinutes = Math.max(...clusters.map(scheduleMinutesOf));
  return Math.max(3, Math.ceil((2 * slowestMinutes) / PERIOD_MINUTES) + 1);
}
