import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT } from './bundled-function.ts';
import { OperationsAlarm } from './operations-alarm.ts';

export interface FunctionAlarmsProps {
  /** By name. `snapshot` is not among the first: a cluster that can't be read is told as a notice. */
  readonly mustNotFail: Readonly<Record<string, IFunction>>;
  /** Nor here: `snapshot` stays on for its whole minute while a release is open. */
  readonly mustBeQuick: Readonly<Record<string, IFunction>>;
  readonly operations: ITopic;
}

const PERIOD = Duration.minutes(5);
/** Share of the time limit from which a function is slow: there is time left to act before it is cut off. */
const SLOW_SHARE = 0.75;

/** What breaks a function, or is about to. One alarm for all of a kind: CloudWatch charges by the metric, people by the alarm. */
export class FunctionAlarms extends Construct {
  constructor(scope: Construct, id: string, { mustNotFail, mustBeQuick, operations }: FunctionAlarmsProps) {
    super(scope, id);
    new OperationsAlarm(this, 'Errors', {
      name: 'FunctionErrors',
      means: 'Invocations of a function keep failing.',
      metric: overAll(mustNotFail, 'SUM', (one) => one.metricErrors({ period: PERIOD, statistic: Stats.SUM })),
      // A single one is retried, or the next slot makes it good.
      threshold: 3,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 3,
      breaching: 2,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
    new OperationsAlarm(this, 'Slow', {
      name: 'FunctionSlow',
      means: `Invocations take more than ${SLOW_SHARE * 100} % of the time after which they are cut off.`,
      metric: overAll(mustBeQuick, 'MAX', (one) => one.metricDuration({ period: PERIOD, statistic: Stats.MAXIMUM })),
      threshold: FUNCTION_TIMEOUT.toMilliseconds() * SLOW_SHARE,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      periods: 3,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
  }
}

/** One number out of the same metric of several functions. */
function overAll(
  functions: Readonly<Record<string, IFunction>>,
  operation: 'SUM' | 'MAX',
  metricOf: (one: IFunction) => IMetric,
): MathExpression {
  const metrics = Object.entries(functions).map(([name, one]) => [name, metricOf(one)] as const);
  return new MathExpression({
    expression: `${operation}([${metrics.map(([name]) => name).join(', ')}])`,
    usingMetrics: Object.fromEntries(metrics),
    label: `${operation === 'SUM' ? 'errors' : 'longest, ms'}: ${metrics.map(([name]) => name).join(', ')}`,
    period: PERIOD,
  });
}
