/** One count, for CloudWatch. */
export interface Count {
  readonly namespace: string;
  readonly metric: string;
  /** What the count is kept apart by, and of which one it is. */
  readonly dimension: string;
  readonly of: string;
  readonly value: number;
  readonly atMs: number;
}

/**
 * The log line out of which CloudWatch makes a metric: no call, no endpoint, no right beyond writing the log.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const embeddedMetricLine = ({ namespace, metric, dimension, of, value, atMs }: Count): string =>
  JSON.stringify({
    _aws: {
      Timestamp: atMs,
      CloudWatchMetrics: [
        { Namespace: namespace, Dimensions: [[dimension]], Metrics: [{ Name: metric, Unit: 'Count' }] },
      ],
    },
    [dimension]: of,
    [metric]: value,
  });

/** Straight to standard output: Lambda's console would put a prefix before it, and CloudWatch then sees mere text. */
export const emitCount = (count: Count): boolean => process.stdout.write(`${embeddedMetricLine(count)}\n`);
