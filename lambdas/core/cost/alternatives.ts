import { type CostLine, charge, totalUsd } from './cost-line.ts';
import { type Deployment, MONTH_HOURS, timesAMonth } from './deployment.ts';
import { metricLines } from './watch-lines.ts';

/** What one would do without sluicegate, and what the named part of it costs; everything else comes on top. */
export interface Alternative {
  readonly what: string;
  readonly lines: readonly CostLine[];
  readonly totalUsd: number;
}

export function alternativesTo(deployment: Deployment): readonly Alternative[] {
  return [
    alternative('one DynamoDB item for each group-partition and sample, writes only', [
      charge('items written', deployment.groupPartitions * timesAMonth(deployment.sampleIntervalMs), 'writeUnit'),
    ]),
    alternative(
      'one CloudWatch metric for each group-partition',
      metricLines('CloudWatch: metrics', deployment.groupPartitions),
    ),
    alternative(
      'a container that is always on: the smallest, one of it, without a history',
      containerLines(deployment),
    ),
  ];
}

/** The smallest that Fargate has, and a way in for scrapers. */
const TASK = { vcpus: 0.25, gb: 0.5 } as const;

const containerLines = ({ scrapers }: Deployment): readonly CostLine[] => [
  charge('Fargate: vCPU', TASK.vcpus * MONTH_HOURS, 'fargateVcpuHour'),
  charge('Fargate: memory', TASK.gb * MONTH_HOURS, 'fargateGbHour'),
  ...(scrapers > 0 ? [charge('load balancer', MONTH_HOURS, 'loadBalancerHour')] : []),
];

const alternative = (what: string, lines: readonly CostLine[]): Alternative => ({
  what,
  lines,
  totalUsd: totalUsd(lines),
});
