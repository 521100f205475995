import { type CostLine, charge } from './cost-line.ts';
import { ASSUMED, type Deployment, PARTS, slotsOf } from './deployment.ts';
import { MEASURED } from './measured.ts';
import { METRIC_STEPS, PRICES } from './prices.ts';
import { GB_BYTES } from './table-lines.ts';

/** CloudWatch: metrics, alarms, the dashboard, logs. */
export function watchLines(deployment: Deployment): readonly CostLine[] {
  const { clusters, groupMetrics, dashboard, releases, slack } = deployment;
  const alarms =
    PARTS.alarms +
    PARTS.alarmsPerCluster * clusters +
    (releases > 0 ? PARTS.alarmsOfGate : 0) +
    (slack ? PARTS.alarmsOfSlack : 0);
  const { groupMetricBytes } = MEASURED;
  const assumed = { note: `${ASSUMED.logBytesPerSlot} bytes a slot assumed` };
  const logGb =
    (slotsOf(deployment) * (ASSUMED.logBytesPerSlot + (groupMetricBytes.value * groupMetrics) / clusters)) / GB_BYTES;
  return [
    ...metricLines('CloudWatch: metrics of clusters', PARTS.metricsPerCluster * clusters),
    ...metricLines('CloudWatch: metrics of groups', PARTS.metricsPerGroup * groupMetrics),
    charge('CloudWatch: alarms', alarms, 'alarm'),
    ...(dashboard ? [charge('CloudWatch: dashboard', 1, 'dashboard')] : []),
    charge('CloudWatch: logs written', logGb, 'logIngestedGb', assumed),
    charge('CloudWatch: logs kept for a month', logGb, 'logStoredGb', assumed),
  ];
}

/** One line for each price that some of them have, as if the account had no others. */
export function metricLines(item: string, metrics: number): readonly CostLine[] {
  let counted = 0;
  return METRIC_STEPS.flatMap(({ upTo, usd: unitPrice }) => {
    const quantity = Math.min(metrics, upTo) - counted;
    if (quantity <= 0) return [];
    counted += quantity;
    const { per: unit, page } = PRICES.metric;
    return [{ item, quantity, unit, unitPrice, usd: quantity * unitPrice, from: `price: ${page}` }];
  });
}
