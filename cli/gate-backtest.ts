import { Command } from 'commander';
import { readReplay } from '../lambdas/adapters/ndjson/read-replay.ts';
import {
  type BacktestRun,
  type BacktestSettings,
  type BacktestSummary,
  openBacktest,
  summaryOf,
} from '../lambdas/core/gate/backtest.ts';
import { DEFAULT_GATE_SETTINGS, type GateSettings } from '../lambdas/core/gate/settings.ts';
import { durationText } from '../lambdas/core/quantity.ts';
import { durationOption } from './durations.ts';
import { withExamples } from './examples.ts';
import { EXIT } from './exit-code.ts';
import { type Cell, type Column, plain, renderTable, showsColour } from './table.ts';

interface Options {
  readonly group?: string;
  readonly config?: string;
  readonly every: number;
  readonly deadline: number;
  readonly past: number;
  readonly json?: boolean;
}

const MIN_MS = 60_000;
/** More false rollbacks than this are a problem that the settings have with this group. */
const BEARABLE_RATIO = 0.03;

/** `sluicegate gate backtest`: placebo releases over a past in which nothing was released. */
export function backtestCommand(): Command {
  const command = new Command('backtest')
    .description('run placebo releases over recorded snapshots: how often would the gate have rolled back for nothing?')
    .argument('<file...>', 'recordings, NDJSON, plain or gzip, one after the other; - is standard input')
    .option('--group <name>', 'only this group; default: every group in the recordings')
    .option('--config <file>', 'take the gate settings from a sluicegate.config.json')
    .addOption(durationOption('--every <duration>', 'a placebo this often', 30 * MIN_MS))
    .addOption(durationOption('--deadline <duration>', 'how long each may take', 30 * MIN_MS))
    .addOption(durationOption('--past <duration>', 'how much of the past each knows at least', 60 * MIN_MS))
    .option('--json', 'one JSON object a group instead of a table')
    .action(async (files: readonly string[], options: Options) => {
      const summaries = await backtest(files, options);
      const lines = options.json ? summaries.map((one) => JSON.stringify(one)) : tableOf(summaries);
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      if (summaries.every(({ placebos }) => placebos === 0))
        process.stderr.write(`${noPlacebos(summaries, options)}\n`);
      const isBad = summaries.some(({ falseRollbackRatio }) => (falseRollbackRatio ?? 0) > BEARABLE_RATIO);
      if (isBad) process.exitCode = EXIT.problemFound;
    });
  return withExamples(command, [
    ['would the gate have cried wolf yesterday', 'gate backtest yesterday.ndjson.gz'],
    ['the same for one group, with the margins of a configuration', 'gate backtest --group billing --config f *.gz'],
  ]).addHelpText(
    'after',
    '\nExit code 1: more than 3 % of the placebos of a group were rolled back. What went wrong in that past for real\ncounts as well: the codes tell.',
  );
}

/** A table of zeros would look like a good result. */
const noPlacebos = (summaries: readonly BacktestSummary[], { past, deadline }: Options): string =>
  summaries.length === 0
    ? 'no placebo ran: the recordings hold no snapshot of such a group'
    : `no placebo ran: each takes ${durationText(past)} of the past before and up to ${durationText(deadline)} after it (--past, --deadline); record for longer`;

async function backtest(files: readonly string[], options: Options): Promise<BacktestSummary[]> {
  const settings: BacktestSettings = {
    gate: await gateSettings(options.config),
    everyMs: options.every,
    deadlineMs: options.deadline,
    pastMs: options.past,
  };
  const runs = new Map<string, BacktestRun>();
  for await (const { line } of readReplay(files)) {
    if (line.kind === 'release') continue;
    for (const group of line.snapshot.groups.keys()) {
      if (options.group !== undefined && group !== options.group) continue;
      const name = `${line.snapshot.cluster}/${group}`;
      const run = runs.get(name) ?? openBacktest(group, settings);
      runs.set(name, run);
      run.observe(line.snapshot);
    }
  }
  return [...runs].map(([name, { outcomes }]) => summaryOf(name, outcomes));
}

async function gateSettings(config: string | undefined): Promise<GateSettings> {
  if (config === undefined) return DEFAULT_GATE_SETTINGS;
  const [{ readConfig }, { configuredGate }] = await Promise.all([
    import('./config-file.ts'),
    import('../lambdas/config/configured-gate.ts'),
  ]);
  return configuredGate(await readConfig(config));
}

const COLUMNS: readonly Column[] = [
  { title: 'CLUSTER/GROUP' },
  { title: 'PLACEBOS', align: 'right' },
  { title: 'ROLLED BACK', align: 'right' },
  { title: 'UNDECIDED', align: 'right' },
  { title: 'MEDIAN', align: 'right' },
  { title: 'SUGGESTED passMargin', align: 'right' },
  { title: 'WHY' },
];

const tableOf = (summaries: readonly BacktestSummary[]): readonly string[] =>
  renderTable(COLUMNS, summaries.map(rowOf), showsColour(process.stdout, process.env));

function rowOf(summary: BacktestSummary): Cell[] {
  const { group, placebos, rolledBack, undecided, falseRollbackRatio, medianMinutes, suggestedPassMarginMs } = summary;
  const share = falseRollbackRatio === null ? '' : ` (${(100 * falseRollbackRatio).toFixed(1)} %)`;
  return [
    plain(group),
    plain(String(placebos)),
    { text: `${rolledBack}${share}`, tone: (falseRollbackRatio ?? 0) > BEARABLE_RATIO ? 'bad' : 'plain' },
    plain(String(undecided)),
    plain(medianMinutes === null ? '–' : `${medianMinutes.toFixed(1)} min`),
    plain(suggestedPassMarginMs === null ? '–' : durationText(suggestedPassMarginMs)),
    plain(
      Object.entries(summary.codes)
        .map(([code, times]) => `${code} ${times}`)
        .join(', '),
    ),
  ];
}
