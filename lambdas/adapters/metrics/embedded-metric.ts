import { METRIC_NAMESPACE, type MetricName } from '../../contract.ts';

/** Some metrics of one thing at one time. */
export interface MetricLine {
  /** By name: of which cluster, and maybe of which group. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Null: not known, and left out. It is never zero instead. */
  readonly values: readonly (MetricName & { readonly value: number | null })[];
  readonly atMs: number;
}

/**
 * The log line out of which CloudWatch makes metrics: no call, no endpoint, no right beyond writing the log. Null: there
 * is nothing to tell.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetricLine({ dimensions, values, atMs }: MetricLine): string | null {
  const known = values.filter(({ value }) => value !== null);
  if (known.length === 0) return null;
  const directive = {
    Namespace: METRIC_NAMESPACE,
    Dimensions: [Object.keys(dimensions)],
    Metrics: known.map(({ name, unit }) => ({ Name: name, Unit: unit })),
  };
  return JSON.stringify({
    _aws: { Timestamp: atMs, CloudWatchMetrics: [directive] },
    ...dimensions,
    ...Object.fromEntries(known.map(({ name, value }) => [name, value])),
  });
}
