import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { chromiumPath, describeWithBrowser } from '../setup/browser.ts';
import { type GroupVisit, type ReleaseVisit, visitGroup, visitRelease } from '../setup/page-visit.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

/** The last thing to happen is the promotion, at about 145 s. */
const RAN_S = 200;
const STOPPED = 'orders-stopped';
const BAD_RELEASE = 'payments-bad';
const WIDTHS = { wide: 1_440, narrow: 360 } as const;
const SCREENS = ['wide', 'narrow'] as const;

interface Event {
  readonly event: 'ready' | 'status' | 'fault' | 'notice' | 'decision' | 'trouble' | 'summary';
  readonly at: number;
  readonly group?: string;
  readonly fault?: string;
  readonly transition?: string;
  readonly status?: string;
  readonly decision?: string;
  readonly reasons?: readonly { readonly code: string; readonly sentence: string }[];
  readonly url?: string;
  readonly brokers?: readonly string[];
  readonly [more: string]: unknown;
}

/** What came of opening the page on a desk and on a phone; an error is told by the tests about it. */
type Visits<Visit> = Promise<readonly Visit[] | Error>;

interface Run {
  readonly exitCode: number;
  readonly events: readonly Event[];
  readonly left: readonly string[];
  readonly groupVisits: Awaited<Visits<GroupVisit>>;
  readonly releaseVisits: Awaited<Visits<ReleaseVisit>>;
}

/** `npm start -- --json`, as a stranger would call it, to its end; the page is opened when there is something to see. */
async function runDemo(): Promise<Run> {
  const child = spawn('bin/sluicegate', ['local', '--for', `${RAN_S}s`, '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const events: Event[] = [];
  const url = () => String(events.find(({ event }) => event === 'ready')?.url);
  let groupVisits: Visits<GroupVisit> | null = null;
  let releaseVisits: Visits<ReleaseVisit> | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const event: Event = JSON.parse(line);
    events.push(event);
    if (chromiumPath() === null) continue;
    if (event.event === 'status' && event.group === STOPPED && event.status === 'ERR') {
      groupVisits ??= onBothScreens((width) => visitGroup(url(), { group: STOPPED, width }));
    }
    if (event.event === 'decision' && event.group === BAD_RELEASE) {
      releaseVisits ??= onBothScreens((width) => visitRelease(url(), { group: BAD_RELEASE, width }));
    }
  }
  const [exitCode] = await exited;
  const brokers = events.find(({ event }) => event === 'ready')?.brokers;
  const left = await processesNaming(`sluicegate-${child.pid}-`, String(brokers));
  return {
    exitCode,
    events,
    left,
    groupVisits: (await groupVisits) ?? NEVER,
    releaseVisits: (await releaseVisits) ?? NEVER,
  };
}

const NEVER = new Error('nobody opened the page: what it should show never happened');

/** One after the other: what is there to see lasts long enough for both. */
async function onBothScreens<Visit>(visit: (width: number) => Promise<Visit>): Visits<Visit> {
  try {
    return [await visit(WIDTHS.wide), await visit(WIDTHS.narrow)];
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Command lines that name our broker's folder or its address: the broker, and the demo's programs. */
async function processesNaming(...names: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,args']);
  return stdout.split('\n').filter((line) => names.some((name) => line.includes(name)));
}

describeWithRealParts('npm start', () => {
  let run: Awaited<ReturnType<typeof runDemo>>;
  beforeAll(
    async () => {
      run = await runDemo();
    },
    (RAN_S + 150) * 1_000,
  );

  const notices = (group: string) => run.events.filter((event) => event.event === 'notice' && event.group === group);
  const fault = (group: string, name: string) =>
    run.events.find((event) => event.group === group && event.fault === name);

  test('ends by itself, well, and leaves no process behind', () => {
    expect(run.exitCode).toBe(0);
    expect(run.left).toEqual([]);
    expect(run.events.at(-1)).toMatchObject({ event: 'summary', snapshotsFailed: 0 });
  });

  test('tells of no trouble where there is none', () => {
    const calm = ['orders-healthy', 'orders-workers', 'orders-burst', 'payments-good'];
    expect(
      run.events.filter(({ event, group }) => event === 'status' && calm.includes(group ?? '')).length,
    ).toBeGreaterThanOrEqual(calm.length);
    expect(calm.flatMap(notices)).toEqual([]);
  });

  test('a killed consumer is noticed within 60 s, and its recovery within 30 s of its return', () => {
    const [opened, ...later] = notices('orders-stopped');
    const recovered = later.at(-1);
    expect([opened?.transition, recovered?.transition]).toEqual(['opened', 'recovered']);
    expect(secondsBetween(fault('orders-stopped', 'killed'), opened)).toBeLessThanOrEqual(60);
    expect(secondsBetween(fault('orders-stopped', 'returned'), recovered)).toBeLessThanOrEqual(30);
  });

  test('a poison message is noticed within 60 s, while its consumer still heartbeats', () => {
    expect(secondsBetween(fault('orders-stalled', 'poisoned'), notices('orders-stalled')[0])).toBeLessThanOrEqual(60);
  });

  test('a consumer that is too slow is noticed within 150 s, although it moves', () => {
    const [opened] = notices('orders-slow');
    expect(opened).toMatchObject({ transition: 'opened', kind: 'FALLING_BEHIND' });
    expect(secondsBetween(fault('orders-slow', 'slowed'), opened)).toBeLessThanOrEqual(150);
  });

  test('each is called by its name', () => {
    expect(notices('orders-stopped').map(({ kind }) => kind)).toEqual(['STOPPED', 'STOPPED']);
    expect(notices('orders-stalled').map(({ kind }) => kind)).toEqual(['STALLED', 'STALLED']);
  });

  test('the gate promotes a canary that is as good, and has one taken away that is slow and hangs', () => {
    const decisions = run.events.filter(({ event }) => event === 'decision');
    expect(Object.fromEntries(decisions.map(({ group, decision }) => [group, decision]))).toEqual({
      'payments-good': 'PROMOTE',
      'payments-bad': 'ROLLBACK',
    });
    const reasonsFor = (name: string) => decisions.find(({ group }) => group === name)?.reasons ?? [];
    expect(reasonsFor('payments-good').map(({ code }) => code)).toContain('NO_WORSE');
    expect(reasonsFor('payments-bad')[0]).toMatchObject({
      code: 'STALLED',
      sentence: expect.stringMatching(/^payments/),
    });
    expect(fault('payments-bad', 'withdrawn')).toBeDefined();
    const told = decisions.map(({ release, group, decision }) => ({ release, group, decision }));
    expect(run.events.at(-1)).toMatchObject({ event: 'summary', decisions: told });
    expect(run.events.filter(({ event }) => event === 'trouble')).toEqual([]);
  });

  describeWithBrowser('the page', () => {
    const seen = <Visit>(visits: readonly Visit[] | Error, screen: keyof typeof WIDTHS): Visit => {
      if (visits instanceof Error) throw visits;
      const visit = visits[screen === 'wide' ? 0 : 1];
      if (visit === undefined) throw new Error(`invariant: both screens were looked at`);
      return visit;
    };

    test.each(SCREENS)('leads from the cluster to the reason, the graph and the incident, %s', (screen) => {
      const visit = seen(run.groupVisits, screen);
      expect(visit.headline).toMatch(/of \d groups (is|are) in trouble/);
      expect(visit.row).toMatch(/no progress for .* the group has no members/);
      expect(visit.why).toMatch(/rule noProgress.*no progress for .* with .* waiting.*What to do first/s);
      expect(visit.chart).toMatch(/the log end moved by [\d,]+ messages, .* the gap is now [1-9]/);
      expect(visit.drawnPixels).toBeGreaterThan(1_000);
      expect(visit.incident).toMatch(/Stopped\s+orders-stopped\s+since .* open for/);
    });

    test.each(SCREENS)('shows why a release has to go back, with its curves, %s', (screen) => {
      const visit = seen(run.releaseVisits, screen);
      expect(visit.decision).toMatch(/^Roll back/);
      expect(visit.reasons).toMatch(/payments.* STALLED/s);
      expect(visit.evidence).toMatch(/Partitions judged\s+\d/);
      expect(visit.chart).toMatch(/new (≥ )?[^–]+, old/);
      expect(visit.drawnPixels).toBeGreaterThan(1_000);
    });

    test.each(SCREENS)('is whole, accessible, and talks to nobody else, %s', (screen) => {
      for (const { sideways, findings, errors, foreign } of [
        seen(run.groupVisits, screen),
        seen(run.releaseVisits, screen),
      ]) {
        expect({ sideways, findings, errors, foreign }).toEqual({ sideways: 0, findings: [], errors: [], foreign: [] });
      }
    });
  });
});

describeWithRealParts('Ctrl-C', () => {
  test('ends a demo that is still starting, at once and without a trace', async () => {
    const child = spawn('bin/sluicegate', ['local', '--json', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [exited, progress] = [once(child, 'exit'), createInterface({ input: child.stderr })];
    await once(progress, 'line');
    // It once went unheard until the broker ran, and then cost a second one.
    child.kill('SIGINT');
    expect(await exited).toEqual([null, 'SIGINT']);
    await expect.poll(() => processesNaming(`sluicegate-${child.pid}-`), { timeout: 10_000 }).toEqual([]);
  });
});

function secondsBetween(before: Event | undefined, after: Event | undefined): number {
  if (before === undefined || after === undefined)
    throw new Error(`never happened: ${JSON.stringify({ before, after })}`);
  return (after.at - before.at) / 1_000;
}
