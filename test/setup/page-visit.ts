import type { Page } from 'playwright-core';
import { openBrowser, seriousFindings, watchedPage } from './browser.ts';

/** What a visitor met on the way that should not be there: nothing of it is, on a good page. */
export interface Complaints {
  /** Pixels by which any of the views was wider than the screen. */
  readonly sideways: number;
  /** Serious findings of axe-core. */
  readonly findings: readonly string[];
  /** Errors on the console. */
  readonly errors: readonly string[];
  /** Requests that left this machine. */
  readonly foreign: readonly string[];
}

/** What somebody saw who opened the page while a group was stopped. */
export interface GroupVisit extends Complaints {
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
}

/** What somebody saw who looked a release up. */
export interface ReleaseVisit extends Complaints {
  readonly decision: string;
  readonly reasons: string;
  readonly evidence: string;
  readonly chart: string;
  readonly drawnPixels: number;
}

/** Finds the stopped group, reads why, opens its graph and follows the incident. */
export const visitGroup = (url: string, { group, width }: { group: string; width: number }): Promise<GroupVisit> =>
  visit(url, width, async (page, look) => {
    const link = page.getByRole('link', { name: group, exact: true });
    const row = page.getByRole('row').filter({ has: link });
    await row.getByText('Stopped', { exact: true }).waitFor();
    const headline = await page.getByRole('heading', { level: 1 }).innerText();
    const seenRow = await row.innerText();
    await look();
    await row.getByRole('link', { name: group, exact: true }).click();
    const why = await page.getByRole('region', { name: 'Why' }).innerText();
    const drawn = await chartOf(page, /the log end moved by/);
    await look();
    await page.getByRole('region', { name: 'Incidents' }).getByRole('link').first().click();
    const incident = await page.locator('.timeline-line.picked').innerText();
    await look();
    return { headline, row: seenRow, why, incident, ...drawn };
  });

/** Finds the group's release in the ledger and reads what the gate said, why, and the curves behind it. */
export const visitRelease = (url: string, { group, width }: { group: string; width: number }): Promise<ReleaseVisit> =>
  visit(url, width, async (page, look) => {
    await page.getByRole('link', { name: 'Releases', exact: true }).click();
    const line = page.locator('.release-line').filter({ has: page.getByRole('link', { name: group, exact: true }) });
    await line.first().waitFor();
    await look();
    await line.first().getByRole('link').first().click();
    const decision = await page.locator('.decision').innerText();
    const reasons = await page.getByRole('region', { name: 'What is wrong' }).innerText();
    const evidence = await page.getByRole('region', { name: 'Evidence' }).innerText();
    const drawn = await chartOf(page, /^Time lag of the new and the old version/);
    await look();
    return { decision, reasons, evidence, ...drawn };
  });

async function visit<Seen>(
  url: string,
  width: number,
  story: (page: Page, look: () => Promise<void>) => Promise<Seen>,
): Promise<Seen & Complaints> {
  await using stack = new AsyncDisposableStack();
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const { page, errors, foreign } = await watchedPage(browser, { viewport: { width, height: 900 } });
  const findings: string[] = [];
  let sideways = 0;
  await page.goto(url);
  const seen = await story(page, async () => {
    sideways = Math.max(sideways, await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    findings.push(...(await seriousFindings(page)));
  });
  return { ...seen, sideways, findings, errors, foreign };
}

async function chartOf(page: Page, label: RegExp): Promise<{ chart: string; drawnPixels: number }> {
  const chart = page.getByRole('img', { name: label });
  const drawnPixels = await chart.locator('canvas').evaluate((element) => {
    const canvas = element as unknown as Drawable;
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });
  return { chart: (await chart.getAttribute('aria-label')) ?? '', drawnPixels };
}

/** As much of a canvas as is looked at; this code has no browser's types. */
interface Drawable {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(...box: number[]): { readonly data: Uint8ClampedArray } };
}
