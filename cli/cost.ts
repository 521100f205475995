import { Command, InvalidArgumentError } from 'commander';
import { type Alternative, alternativesTo } from '../lambdas/core/cost/alternatives.ts';
import { type Bill, billOf } from '../lambdas/core/cost/bill.ts';
import { type Deployment, USUAL_DEPLOYMENT } from '../lambdas/core/cost/deployment.ts';
import { countText } from '../lambdas/core/quantity.ts';
import { durationOption } from './durations.ts';
import { withExamples } from './examples.ts';
import { type Cell, type Column, plain, renderTable, showsColour } from './table.ts';

interface Options {
  readonly groups: number;
  readonly partitions: number;
  readonly clusters: number;
  readonly interval: number;
  readonly retention: number;
  readonly scrapers: number;
  readonly scrapeInterval: number;
  readonly groupMetrics: number;
  readonly releases: number;
  readonly vpcEndpoints: number;
  readonly slack?: boolean;
  readonly dashboard?: boolean;
  readonly topicKey?: boolean;
  readonly json?: boolean;
}

const USUAL = USUAL_DEPLOYMENT;

/** `sluicegate cost`: what a month on AWS costs at some size, item by item. */
export function costCommand(): Command {
  const command = new Command('cost')
    .description('what a month on AWS costs at this size, item by item, at list prices beyond every free tier')
    .requiredOption('--groups <count>', 'consumer groups, in all clusters', countArgument)
    .requiredOption('--partitions <count>', 'partitions that they read, counted once for each group', countArgument)
    .option('--clusters <count>', 'clusters, each with a schedule of its own', positiveArgument, USUAL.clusters)
    .addOption(durationOption('--interval <duration>', 'how often a cluster is read', USUAL.sampleIntervalMs))
    .addOption(durationOption('--retention <duration>', 'how long samples are kept', USUAL.retentionMs))
    .option('--scrapers <count>', 'Prometheus servers and the like', countArgument, USUAL.scrapers)
    .addOption(durationOption('--scrape-interval <duration>', 'how often each asks', USUAL.scrapeIntervalMs))
    .option('--group-metrics <count>', 'groups with CloudWatch metrics of their own', countArgument, USUAL.groupMetrics)
    .option('--releases <count>', 'releases a month that the gate judges', countArgument, USUAL.releases)
    .option(
      '--vpc-endpoints <zones>',
      'zones with an interface endpoint for secrets (usually 2, for a cluster in a VPC that logs in with a secret)',
      countArgument,
      USUAL.endpointZones,
    )
    .option('--slack', 'with the Slack function')
    .option('--dashboard', 'with the CloudWatch dashboard')
    .option('--topic-key', 'with a KMS key of your own for the topics')
    .option('--json', 'print JSON')
    .action((options: Options) => {
      const deployment = deploymentOf(options);
      const bill = billOf(deployment);
      const alternatives = alternativesTo(deployment);
      const lines = options.json ? [JSON.stringify({ ...bill, alternatives })] : textOf(bill, alternatives);
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
    });
  return withExamples(command, [
    ['a thousand groups', 'cost --groups 1000 --partitions 10000'],
    ['the same with two Prometheus servers', 'cost --groups 1000 --partitions 10000 --scrapers 2'],
    ['in a VPC, with SCRAM', 'cost --groups 50 --partitions 600 --vpc-endpoints 2'],
  ]);
}

const deploymentOf = (options: Options): Deployment => ({
  clusters: options.clusters,
  groups: options.groups,
  groupPartitions: options.partitions,
  sampleIntervalMs: options.interval,
  retentionMs: options.retention,
  scrapers: options.scrapers,
  scrapeIntervalMs: options.scrapeInterval,
  groupMetrics: options.groupMetrics,
  releases: options.releases,
  endpointZones: options.vpcEndpoints,
  slack: options.slack ?? USUAL.slack,
  dashboard: options.dashboard ?? USUAL.dashboard,
  topicKey: options.topicKey ?? USUAL.topicKey,
});

function countArgument(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('write a whole number, as in 1000');
  return Number(text);
}

function positiveArgument(text: string): number {
  const count = countArgument(text);
  if (count === 0) throw new InvalidArgumentError('write a whole number of at least 1');
  return count;
}

const COLUMNS: readonly Column[] = [
  { title: 'ITEM' },
  { title: 'QUANTITY', align: 'right' },
  { title: 'OF' },
  { title: 'USD', align: 'right' },
  { title: 'FROM' },
];

function textOf(
  { lines, totalUsd, region, pricesAsOf }: Bill,
  alternatives: readonly Alternative[],
): readonly string[] {
  const rows = lines.map(({ item, quantity, unit, usd, from }) =>
    [item, quantityText(quantity), unit, usd.toFixed(2), from].map(plain),
  );
  const sum: readonly Cell[] = ['a month in all', '', '', totalUsd.toFixed(2), ''].map(plain);
  return [
    ...renderTable(COLUMNS, [...rows, sum], showsColour(process.stdout, process.env)),
    '',
    'Instead:',
    ...alternatives.map(({ what, totalUsd: usd }) => `  ${usd.toFixed(2)} USD  ${what}`),
    '',
    `List prices of ${region} as of ${pricesAsOf}, free tiers not used. docs/cost.md tells what is counted and what is not.`,
  ];
}

const quantityText = (quantity: number): string =>
  quantity >= 100 || Number.isInteger(quantity) ? countText(quantity) : quantity.toPrecision(2);
