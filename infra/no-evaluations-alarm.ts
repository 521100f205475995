import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { METRIC_NAMESPACE, METRICS } from '../lambdas/contract.ts';
import { OperationsAlarm } from './operations-alarm.ts';

/** Missed in a row before anyone is woken: one may fall out of its period because a schedule fires anywhere in its minute. */
const MISSED = 5;

/**
 * The dead man's switch of one cluster: it sounds when nothing was judged.
 *
 * It watches the samples that `evaluate` says it has judged. Lambda's own metrics would not do: `evaluate` runs after a
 * failed snapshot too, and for one cluster while another is dark. This number is at its last link, so that whatever
 * breaks before it (schedule, network, credentials, destination, table, our code) ends in silence, and silence sounds.
 */
export class NoEvaluationsAlarm extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { cluster, operations }: { readonly cluster: ClusterConfig; readonly operations: ITopic },
  ) {
    super(scope, id);
    new OperationsAlarm(this, 'Alarm', {
      name: 'NoEvaluations',
      of: cluster.name,
      means: `sluicegate is blind: no sample of ${cluster.name} was judged in ${MISSED} slots.`,
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: METRICS.sampleAge.name,
        dimensionsMap: { cluster: cluster.name },
        // One value a sample: their number is what counts here.
        statistic: Stats.SAMPLE_COUNT,
        period: Duration.millis(cluster.sampleIntervalMs),
      }),
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      periods: MISSED,
      missing: TreatMissingData.BREACHING,
      operations,
    });
  }
}
