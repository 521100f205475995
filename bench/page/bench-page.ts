import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { answering } from '../../lambdas/api/answer.ts';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import type { PageFiles } from '../../lambdas/api/page/bundle/page-files.ts';
import { LOOPBACK_NAMES, startHttpServer } from '../../local/http-server.ts';
import { type ApiWorld, anApiWorld } from '../../test/builders/api-world.ts';
import { openBrowser } from '../../test/setup/browser.ts';
import { largeCluster } from '../api/large-cluster.ts';

const MINUTES = 40;
const QUIET_LOG = { warn: () => undefined, error: () => undefined };

/**
 * How long a browser takes to show a large cluster: the real handler over stores in memory, served on this machine, and
 * Chromium with nothing cached. `--groups N`, of ten partitions each; `--runs N`.
 */
export async function benchPage(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { groups: { type: 'string', default: '1000' }, runs: { type: 'string', default: '7' } },
  });
  const groups = Number(values.groups);
  const page = bundlePage();
  console.log(bundleLine(page));
  const world = anApiWorld();
  for (let minute = 0; minute < MINUTES; minute += 1)
    await world.sample(largeCluster({ groups, partitions: 10 }, minute));
  const answer = answering({ ...world.sources, page }, { kind: 'open' });
  console.log(await overviewLine(world, groups));
  const server = await startHttpServer({ host: '127.0.0.1', port: 0, names: LOOPBACK_NAMES, answer, log: QUIET_LOG });
  const browser = await openBrowser();
  try {
    const shown: Shown[] = [];
    for (let run = 0; run < Number(values.runs); run += 1) shown.push(await firstLook(browser, server.url, groups));
    for (const what of ['contentMs', 'groupsMs', 'allMs', 'cpuMs'] as const) console.log(shownLine(what, shown));
  } finally {
    await browser.close();
    await server.stop();
  }
}

function bundleLine(files: PageFiles): string {
  const bodies = [...files].filter(([path]) => path !== '/').map(([, { body }]) => gzipSync(body).length);
  const kib = bodies.map((bytes) => (bytes / 1_024).toFixed(1));
  return `bundle, gzip: ${kib.join(' + ')} KiB`;
}

/** The first time nothing is read yet; then the newest sample is in memory. */
async function overviewLine(world: ApiWorld, groups: number): Promise<string> {
  const times: number[] = [];
  let bytes = 0;
  for (let time = 0; time < 4; time += 1) {
    const startedMs = performance.now();
    bytes = (await (await world.get('/api/groups?cluster=prod&limit=1000')).arrayBuffer()).byteLength;
    times.push(performance.now() - startedMs);
  }
  const [cold = 0, ...warm] = times;
  return `overview of ${groups} groups at the handler: ${cold.toFixed(0)} ms cold, ${Math.min(...warm).toFixed(0)} ms warm, ${(bytes / 1_024).toFixed(0)} KiB of JSON`;
}

/** Milliseconds after the navigation began. */
interface Shown {
  /** The first paint with anything in it. */
  readonly contentMs: number;
  /** The first frame with groups. */
  readonly groupsMs: number;
  /** The first frame with all of them. */
  readonly allMs: number;
  /** What the page's main thread computed until then: it does not depend on what else the machine does. */
  readonly cpuMs: number;
}

async function firstLook(browser: Browser, url: string, groups: number): Promise<Shown> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(WATCH_ROWS);
  await page.goto(url);
  const all = Math.min(groups, 1_000);
  await page
    .locator('tbody tr')
    .nth(all - 1)
    .waitFor({ state: 'attached' });
  // Two frames later the last row has been painted, and noted.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const { metrics } = await devTools.send('Performance.getMetrics');
  const cpuMs = 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  const shown = await page.evaluate<Omit<Shown, 'cpuMs'>>(`({
    contentMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    groupsMs: globalThis.rowsAt(1),
    allMs: globalThis.rowsAt(${all}),
  })`);
  await context.close();
  return { ...shown, cpuMs };
}

/** Notes, frame by frame, when how many rows had been painted. */
const WATCH_ROWS = `
const frames = [];
const look = () => {
  const rows = document.querySelectorAll('tbody tr').length;
  requestAnimationFrame(() => { frames.push([rows, performance.now()]); look(); });
};
requestAnimationFrame(look);
globalThis.rowsAt = (count) => frames.find(([rows]) => rows >= count)?.[1];
`;

const TITLES: Readonly<Record<keyof Shown, string>> = {
  contentMs: 'first contentful paint',
  groupsMs: 'first frame with groups',
  allMs: 'first frame with all groups',
  cpuMs: 'CPU of the main thread until then',
};

function shownLine(what: keyof Shown, shown: readonly Shown[]): string {
  const sorted = shown.map((look) => look[what]).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${TITLES[what]}: median ${median.toFixed(0)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(0)} ms of ${sorted.length}`;
}
