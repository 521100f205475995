import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { openBrowser, watchedPage } from './browser.ts';

/** Takes the README's pictures of the page from the demo, in two and a half minutes: `node_modules/.bin/node test/setup/take-screenshots.ts`. */
const FOLDER = 'docs/images';

interface Picture {
  readonly file: string;
  readonly hash: string;
  readonly colorScheme: 'light' | 'dark';
  /** What has to be on the page before. */
  readonly shows: string;
}

const WHILE_STOPPED: readonly Picture[] = [
  { file: 'page-overview-light', hash: '#/demo/groups', colorScheme: 'light', shows: '.row .spark' },
  { file: 'page-overview-dark', hash: '#/demo/groups', colorScheme: 'dark', shows: '.row .spark' },
  { file: 'page-group', hash: '#/demo/groups/orders-stopped', colorScheme: 'light', shows: '.chart canvas' },
];

const pictureOfRelease = (release: string): Picture => ({
  file: 'page-release',
  hash: `#/demo/releases/${encodeURIComponent(release)}`,
  colorScheme: 'dark',
  shows: '.chart canvas',
});

await using stack = new AsyncDisposableStack();
const demo = spawn('bin/sluicegate', ['local', '--json', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const exited = once(demo, 'exit');
stack.defer(async () => {
  demo.kill('SIGINT');
  await exited;
});
const browser = await openBrowser();
stack.defer(() => browser.close());

let url = '';
const inTrouble = new Set<string>();
for await (const line of createInterface({ input: demo.stdout })) {
  const event = JSON.parse(line);
  if (event.event === 'ready') url = event.url;
  if (event.event === 'status' && event.status === 'ERR' && inTrouble.size < 2) {
    inTrouble.add(event.group);
    if (inTrouble.size === 2) for (const picture of WHILE_STOPPED) await take(browser, url, picture);
  }
  if (event.event === 'decision' && event.decision === 'ROLLBACK') {
    await take(browser, url, pictureOfRelease(event.release));
    break;
  }
}

async function take(by: Browser, from: string, { file, hash, colorScheme, shows }: Picture): Promise<void> {
  const { page, context } = await watchedPage(by, {
    viewport: { width: 1_280, height: 860 },
    deviceScaleFactor: 1.5,
    colorScheme,
  });
  await page.goto(`${from}/${hash}`);
  await page.locator(shows).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${FOLDER}/${file}.png` });
  await context.close();
  console.log(`${FOLDER}/${file}.png`);
}
