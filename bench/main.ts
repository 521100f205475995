import { benchApi } from './api/bench-api.ts';
import { benchColdStart } from './cold-start/bench-cold-start.ts';
import { benchEvaluate } from './evaluate/bench-evaluate.ts';
import { benchHistory } from './history/bench-history.ts';
import { benchLoad } from './load/bench-load.ts';
import { benchPage } from './page/bench-page.ts';
import { benchGate } from './releases/bench-gate.ts';
import { benchScrape } from './scrape/bench-scrape.ts';
import { benchSnapshot } from './snapshot/bench-snapshot.ts';
import { benchSoak } from './soak/bench-soak.ts';
import { benchStatus } from './status/bench-status.ts';

interface Bench {
  readonly run: (args: readonly string[]) => Promise<void>;
  readonly measures: string;
  /** As it may be typed after the name. */
  readonly options?: string;
}

/** Every measurement, by the name that `npm run bench -- NAME` takes. */
const BENCHES: Readonly<Record<string, Bench>> = {
  snapshot: {
    run: benchSnapshot,
    measures: 'reading a cluster, beside other clients',
    options: '[--sizes 100,1100,6100] [--runs 6]',
  },
  status: {
    run: benchStatus,
    measures: 'how right the verdicts are, beside Burrow’s rules and a threshold',
    options: '[--set DIR | --count 120 --seed 1] [--show] [--sensitivity]',
  },
  history: {
    run: benchHistory,
    measures: 'bytes and capacity of the history, beside one item each',
    options: '[--sizes 1000,10000] [--set DIR]',
  },
  evaluate: {
    run: benchEvaluate,
    measures: 'a cold start of evaluate at size',
    options: '[--sizes 1000,10000] [--replayed 0,10] [--set DIR]',
  },
  gate: {
    run: benchGate,
    measures: 'how right the gate’s decisions are, beside what users do instead',
    options: '[--set DIR | --each 8 --seed 1] [--class TEXT] [--show]',
  },
  'cold-start': { run: benchColdStart, measures: 'first and warm invocations of the bundles, beside naive imports' },
  api: { run: benchApi, measures: 'answers of the HTTP API at the handler' },
  load: {
    run: benchLoad,
    measures: 'the HTTP API under a constant rate of requests',
    options: '[--groups 10000] [--per-s 50] [--for 30]',
  },
  page: { run: benchPage, measures: 'the page in a browser', options: '[--groups 1000] [--runs 7]' },
  scrape: { run: benchScrape, measures: 'an answer of /metrics' },
  soak: {
    run: benchSoak,
    measures: 'the whole service on three brokers, with faults from a seed',
    options: '[--for 30m] [--seed 1]',
  },
};

const usageOf = ([name, { measures, options }]: readonly [string, Bench]): string =>
  `  npm run bench -- ${name}${options === undefined ? '' : ` ${options}`}\n      ${measures}`;

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (name === '--help' || (bench !== undefined && args.includes('--help'))) {
  const asked = Object.entries(BENCHES).filter(([known]) => name === '--help' || known === name);
  console.log(asked.map(usageOf).join('\n'));
} else if (bench === undefined) {
  const unknown = name === '' ? 'which bench?' : `no bench "${name}".`;
  console.error(`${unknown} There are:\n${Object.entries(BENCHES).map(usageOf).join('\n')}`);
  process.exitCode = 2;
} else {
  await bench.run(args).catch(told);
}

/** What was mistyped is no defect of ours: one line of it is enough. */
function told(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error && code.startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(`${error.message}; see npm run bench -- ${name} --help`);
  process.exitCode = 2;
}
