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

/** Every measurement, by the name that `npm run bench -- NAME` takes. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  'cold-start': benchColdStart,
  gate: benchGate,
  evaluate: benchEvaluate,
  history: benchHistory,
  load: benchLoad,
  page: benchPage,
  scrape: benchScrape,
  snapshot: benchSnapshot,
  soak: benchSoak,
  status: benchStatus,
  api: benchApi,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
} else {
  await bench(args);
}
