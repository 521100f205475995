import { expect, test } from 'vitest';
import { embeddedMetricLine } from '../../../lambdas/adapters/metrics/embedded-metric.ts';

test('a count is one line of JSON in which CloudWatch finds metric, dimension and value', () => {
  const line = embeddedMetricLine({
    namespace: 'Sluicegate',
    metric: 'SamplesJudged',
    dimension: 'cluster',
    of: 'prod',
    value: 3,
    atMs: 1_767_225_600_000,
  });
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    _aws: {
      Timestamp: 1_767_225_600_000,
      CloudWatchMetrics: [
        { Namespace: 'Sluicegate', Dimensions: [['cluster']], Metrics: [{ Name: 'SamplesJudged', Unit: 'Count' }] },
      ],
    },
    cluster: 'prod',
    SamplesJudged: 3,
  });
});
