import type { Page } from 'playwright-core';
import { openBrowser, seriousFindings, type WatchedPage, watchedPage } from './browser.ts';

/** What somebody saw who opened the page while a group was stopped, on a desk or on a phone. */
export interface PageVisit {
  readonly headline: string;
  /** The stopped group's row. */
  readonly row: string;
  /** Why it is stopped, as its own view says. */
  readonly why: string;
  /** What its chart shows, as a screen reader hears it. */
  readonly chart: string;
  /** Pixels of the chart that are not blank. */
  readonly drawnPixels: number;
  /** Its line in the timeline of incidents. */
  readonly incident: string;
  readonly releases: string;
  /** Pixels by which any of the views is wider than the screen. */
  readonly sideways: number;
  readonly findings: readonly string[];
  readonly errors: readonly string[];
  readonly foreign: readonly string[];
}

/** Finds the stopped group, reads why, opens its graph, follows the incident and looks for releases. */
export async function visitPage(url: string, { group, width }: { group: string; width: number }): Promise<PageVisit> {
  await using stack = new AsyncDisposableStack();
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const watched = await watchedPage(browser, { viewport: { width, height: 900 } });
  const { page } = watched;
  const seen: Seen = { sideways: 0, findings: [] };
  await page.goto(url);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: group, exact: true }) });
  await row.getByText('Stopped', { exact: true }).waitFor();
  const overview = { headline: await page.getByRole('heading', { level: 1 }).innerText(), row: await row.innerText() };
  await look(page, seen);
  const detail = await visitGroup(page, row.getByRole('link', { name: group, exact: true }), seen);
  await page.getByRole('region', { name: 'Incidents' }).getByRole('link').first().click();
  const incident = await page.locator('.timeline-line.picked').innerText();
  await look(page, seen);
  await page.getByRole('link', { name: 'Releases', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: /release/i }).waitFor();
  const releases = await page.locator('main').innerText();
  await look(page, seen);
  return { ...overview, ...detail, incident, releases, ...seen, ...complaintsOf(watched) };
}

interface Seen {
  sideways: number;
  findings: string[];
}

async function visitGroup(page: Page, link: ReturnType<Page['getByRole']>, seen: Seen) {
  await link.click();
  const why = await page.getByRole('region', { name: 'Why' }).innerText();
  const chart = page.getByRole('img', { name: /the log end moved by/ });
  const label = await chart.getAttribute('aria-label');
  const drawnPixels = await chart.locator('canvas').evaluate((canvas: unknown) => {
    const { width, height, getContext } = canvas as { width: number; height: number; getContext: unknown };
    const context = (
      getContext as (this: unknown, kind: string) => { getImageData(...box: number[]): { data: number[] } }
    ).call(canvas, '2d');
    return context.getImageData(0, 0, width, height).data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });
  await look(page, seen);
  return { why, chart: label ?? '', drawnPixels };
}

async function look(page: Page, seen: Seen): Promise<void> {
  seen.sideways = Math.max(seen.sideways, await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  seen.findings.push(...(await seriousFindings(page)));
}

const complaintsOf = ({ errors, foreign }: WatchedPage) => ({ errors, foreign });
