import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import { aGroupEntry, aGroupsAnswer, manyGroups, SOME_GROUPS } from '../builders/page/page-groups.ts';
import { type PageServer, startPageServer } from '../builders/page/page-server.ts';
import { aClustersAnswer, aPageWorld } from '../builders/page/page-world.ts';
import { describeWithBrowser, openBrowser, seriousFindings, type WatchedPage, watchedPage } from '../setup/browser.ts';

const WIDE = { width: 1_440, height: 900 };
const NARROW = { width: 360, height: 740 };

const VIEWS = [
  '#/prod/groups',
  '#/prod/groups/payments-settlement',
  '#/prod/incidents',
  '#/prod/releases',
  '#/prod/releases/email-sender-v42',
];

/** Looks again each two seconds. */
const hasty = (groups = SOME_GROUPS) => ({
  ...aPageWorld(groups),
  clusters: () => aClustersAnswer(groups, { sampleIntervalMs: 1_000 }),
});

describeWithBrowser('the page, over canned answers', () => {
  let browser: Browser;
  let server: PageServer;
  let watched: WatchedPage;
  beforeAll(async () => {
    browser = await openBrowser();
    server = await startPageServer(bundlePage(), aPageWorld());
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    server.answerWith(aPageWorld());
    watched = await watchedPage(browser, { viewport: WIDE });
  });
  afterEach(async () => {
    await watched.context.close();
  });
  const open = (hash = '') => watched.page.goto(`${server.url}${hash}`);

  test.each([
    { size: 'wide and light', colorScheme: 'light' as const, viewport: WIDE },
    { size: 'narrow and dark', colorScheme: 'dark' as const, viewport: NARROW },
  ])('every view is whole and accessible, $size', async ({ colorScheme, viewport }) => {
    const visit = await watchedPage(browser, { viewport, colorScheme });
    for (const hash of VIEWS) {
      await visit.page.goto(`${server.url}${hash}`);
      await visit.page.locator('h1:not(.hidden)').waitFor();
      const sideways = await visit.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ hash, sideways, findings: await seriousFindings(visit.page) }).toEqual({
        hash,
        sideways: 0,
        findings: [],
      });
    }
    expect({ errors: visit.errors, foreign: visit.foreign }).toEqual({ errors: [], foreign: [] });
    await visit.context.close();
  });

  test('names are text, whatever they hold', async () => {
    const group = '"><img src=x onerror="document.title=1"><script>document.title=2</script>';
    server.answerWith(
      aPageWorld([aGroupEntry({ group, topics: [group], status: 'ERR', kind: 'STOPPED', sentence: group })]),
    );
    await open();
    await watched.page.getByRole('link', { name: group }).click();
    await watched.page.getByRole('heading', { level: 1, name: group }).waitFor();
    expect(await watched.page.locator('main img, main script').count()).toBe(0);
    expect(await watched.page.title()).toContain(group);
  });

  test('when the API stops answering, the last answer stays and says that it is old', async () => {
    server.answerWith(hasty());
    await open();
    await watched.page.getByRole('link', { name: 'billing' }).waitFor();
    server.answerWith(null);
    const alert = watched.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/Not up to date.*You see what was read at/s);
    expect(await watched.page.getByRole('link', { name: 'billing' }).count()).toBe(1);
    server.answerWith(hasty());
    await alert.waitFor({ state: 'detached' });
  });

  test('when nothing can be read from the start, that is said, and it goes on by itself', async () => {
    server.answerWith(null);
    await open('#/prod/groups');
    const alert = watched.page.getByRole('alert');
    expect(await alert.innerText()).toContain('Could not read the groups');
    server.answerWith(hasty());
    await watched.page.getByRole('heading', { level: 1, name: '3 of 12 groups are in trouble' }).waitFor();
  });

  test('a group that there is not is said to be not found', async () => {
    const { group: _group, ...rest } = aPageWorld();
    server.answerWith(rest);
    await open('#/prod/groups/nobody');
    expect(await watched.page.getByRole('alert').innerText()).toContain('Not found');
  });

  test('a cluster without groups, and one before its first sample, say so', async () => {
    server.answerWith(aPageWorld([]));
    await open('#/prod/groups');
    await watched.page.getByText('Groups show up here').waitFor();
    server.answerWith({ ...aPageWorld([]), groups: () => ({ ...aGroupsAnswer([]), atMs: null }) });
    await watched.page.reload();
    await watched.page.getByText('The first sample is on its way').waitFor();
  });

  test('by keyboard alone: search, walk, open, and come back to the same search', async () => {
    const { page } = watched;
    await open('#/prod/groups');
    await page.getByRole('link', { name: 'billing' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('er');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
    await page.locator('tbody a.name').first().focus();
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('search-indexer-with-quite-a-long-name-that-somebody-chose-on-a-friday');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'email-sender' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.goBack();
    expect(await page.getByRole('searchbox').inputValue()).toBe('er');
    expect(await page.locator('tbody tr').count()).toBe(3);
  });

  test('a new sample changes numbers in place: focus stays, and the change is told', async () => {
    const { page } = watched;
    server.answerWith(hasty());
    await open('#/prod/groups');
    const link = page.getByRole('link', { name: 'billing' });
    await link.focus();
    const row = await page.locator('tr', { has: link }).elementHandle();
    const changed = SOME_GROUPS.map((entry) =>
      entry.group === 'billing'
        ? { ...entry, status: 'ERR' as const, kind: 'STALLED' as const, sentence: 'stuck' }
        : entry,
    );
    server.answerWith({
      ...hasty(changed),
      groups: () => aGroupsAnswer(changed, { nowMs: Date.UTC(2026, 10, 24, 13, 1) }),
    });
    await page.locator('[role=status]', { hasText: 'billing: now Stalled.' }).waitFor({ state: 'attached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('billing');
    expect(await row?.evaluate((element) => element.isConnected && element.textContent?.includes('Stalled'))).toBe(
      true,
    );
  });

  test('a link can name a partition and a range of time', async () => {
    await open('#/prod/groups/email-sender?topic=mails&partition=3&range=1h');
    const { page } = watched;
    await page.getByRole('button', { name: 'Show all partitions' }).waitFor();
    expect(await page.getByRole('button', { name: '1 h', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: /^mails\/3: Stalled/ }).click();
    await expect.poll(() => page.url()).not.toContain('partition=');
  });

  test("a release's evidence is found from its group: decision, reasons with their numbers, both curves", async () => {
    await open('#/prod/groups/email-sender');
    const { page } = watched;
    await page.getByRole('region', { name: 'Releases' }).getByRole('link', { name: 'email-sender-v42' }).click();
    await page.getByRole('heading', { level: 1, name: 'email-sender-v42' }).waitFor();
    expect(await page.locator('.decision').innerText()).toMatch(/Roll back.*18 min after the start/s);
    const reasons = await page.getByRole('region', { name: 'What is wrong' }).innerText();
    expect(reasons).toMatch(/6 min beyond the usual one, limit 4 min TIME_LAG_WORSE.*SLOWER/s);
    await page.getByRole('img', { name: /^Time lag of the new and the old version/ }).waitFor();
    await page.getByRole('button', { name: 'Consumed' }).click();
    await page.getByRole('img', { name: /^Consumed of the new/ }).waitFor();
    expect(await page.getByRole('region', { name: 'Evidence' }).innerText()).toMatch(
      /Partitions judged\s+2\s+To compare with\s+4/,
    );
  });

  test('a thousand groups are all there, and searched at once', async () => {
    server.answerWith(aPageWorld(manyGroups(1_000)));
    await open('#/prod/groups');
    const { page } = watched;
    await page.getByText('1,000 groups shown of 1,000 groups').waitFor();
    await page.getByRole('searchbox').fill('consumer-777');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  });

  test('the colours that were chosen stay', async () => {
    const { page } = watched;
    await open();
    await page.getByLabel('Colours').selectOption('dark');
    await page.reload();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });
});
