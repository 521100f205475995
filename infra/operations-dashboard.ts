import { Duration, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { type ITable, Operation } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { METRIC_NAMESPACE, METRICS, type MetricName } from '../lambdas/contract.ts';

export interface OperationsDashboardProps {
  readonly clusters: readonly ClusterConfig[];
  /** By name. */
  readonly functions: Readonly<Record<string, IFunction>>;
  readonly table: ITable;
}

const WIDTH = 8;
const PERIOD = Duration.minutes(5);

/** One screen: the clusters first, then sluicegate itself, then what drives the bill. */
export class OperationsDashboard extends Construct {
  constructor(scope: Construct, id: string, { clusters, functions, table }: OperationsDashboardProps) {
    super(scope, id);
    const ofClusters = (title: string, metric: MetricName, statistic: string): IWidget =>
      graph(
        title,
        clusters.map((cluster) => metricOf(cluster, metric, statistic)),
      );
    const ofFunctions = (title: string, metric: (one: IFunction) => Metric): IWidget =>
      graph(
        title,
        Object.entries(functions).map(([label, one]) => metric(one).with({ label })),
      );
    new Dashboard(this, 'Dashboard', {
      dashboardName: `${Stack.of(this).stackName}-sluicegate`,
      defaultInterval: Duration.hours(6),
      widgets: [
        [heading('Clusters')],
        [
          ofClusters('groups not OK', METRICS.groupsNotOk, Stats.MAXIMUM),
          ofClusters('worst time lag, ms', METRICS.timeLagMsMax, Stats.MAXIMUM),
          ofClusters('worst lag, messages', METRICS.lagMessagesMax, Stats.MAXIMUM),
        ],
        [heading('sluicegate itself')],
        [
          ofClusters('age of the sample when it is judged, ms', METRICS.sampleAge, Stats.MAXIMUM),
          ofClusters('samples judged', METRICS.sampleAge, Stats.SAMPLE_COUNT),
          ofClusters('parts of a cluster that could not be read', METRICS.readFailures, Stats.MAXIMUM),
        ],
        [
          ofFunctions('errors', (one) => one.metricErrors({ period: PERIOD, statistic: Stats.SUM })),
          ofFunctions('longest invocation, ms', (one) =>
            one.metricDuration({ period: PERIOD, statistic: Stats.MAXIMUM }),
          ),
          ofFunctions('throttled', (one) => one.metricThrottles({ period: PERIOD, statistic: Stats.SUM })),
        ],
        [heading('What drives the bill')],
        [
          graph('table: units written and read', [
            table.metricConsumedWriteCapacityUnits({ period: PERIOD, statistic: Stats.SUM, label: 'written' }),
            table.metricConsumedReadCapacityUnits({ period: PERIOD, statistic: Stats.SUM, label: 'read' }),
          ]),
          graph('table: requests refused for capacity', [
            table.metricThrottledRequestsForOperations({
              operations: [Operation.QUERY, Operation.PUT_ITEM, Operation.BATCH_WRITE_ITEM],
              period: PERIOD,
            }),
          ]),
          ofFunctions('time of invocations, ms in all', (one) =>
            one.metricDuration({ period: PERIOD, statistic: Stats.SUM }),
          ),
        ],
      ],
    });
  }
}

const metricOf = ({ name: cluster }: ClusterConfig, { name }: MetricName, statistic: string): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { cluster },
    statistic,
    period: PERIOD,
    label: cluster,
  });

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: WIDTH });

const heading = (text: string): IWidget => new TextWidget({ markdown: `## ${text}`, width: 3 * WIDTH, height: 1 });
