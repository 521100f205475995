import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-code.ts';
import type { View } from '../../cli/report/show.ts';
import { watchCluster } from '../../cli/watch-cluster.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { burrowRuleset } from '../../lambdas/core/status/burrow/burrow-ruleset.ts';
import { BURROW_DEFAULTS } from '../../lambdas/core/status/burrow/settings.ts';
import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import { rulesetNamed } from '../../lambdas/core/status/rulesets.ts';
import { aPace } from '../builders/fake-pace.ts';
import { aReaderOf } from '../builders/fake-reader.ts';
import { aGroup, aLog, aMember } from '../builders/snapshots.ts';

const VIEW: View = { group: null, json: true, colour: false, watching: true };

describe('watching', () => {
  test('says what one look can say until the window is full, then what the rules say', async () => {
    const { code, looks } = await watch([standing({ members: [owner] })], { looks: 4 });
    expect(looks.map(({ groups }) => groups[0]?.status)).toEqual(['UNKNOWN', 'UNKNOWN', 'ERR', 'ERR']);
    expect(looks.at(-1)?.groups[0]?.kind).toBe('STALLED');
    expect(code).toBe(EXIT.problemFound);
  });

  test('knows at once that nobody is there', async () => {
    const { looks } = await watch([standing({ members: [], state: 'Empty' })], { looks: 1 });
    expect(looks[0]?.groups[0]).toMatchObject({ status: 'ERR', kind: 'STOPPED', rule: 'nobodyThere' });
  });

  test('says of who stands still from the first look on that its rhythm is not known, and of who worked that it stalled', async () => {
    const working = Array.from({ length: 24 }, (_, look) => at({ end: 100 + 50 * look, committed: 50 * look }));
    const stalled = Array.from({ length: 50 }, (_, look) => at({ end: 1_400 + 50 * look, committed: 1_200 }));
    const ruleset = rulesetNamed('default');
    const { looks: unknown } = await watch(stalled, { looks: 50, ruleset });
    const { looks: known, code } = await watch([...working, ...stalled], { looks: 74, ruleset });
    expect(unknown.at(-1)?.groups[0]).toMatchObject({ status: 'UNKNOWN', rule: 'rhythmUnknown' });
    expect(known.at(-1)?.groups[0]).toMatchObject({ status: 'ERR', kind: 'STALLED', rule: 'noProgress' });
    expect(code).toBe(EXIT.problemFound);
  });

  test('does not call a group fine that nobody is in, while the rules wait', async () => {
    const empty = standing({ members: [], state: 'Empty' });
    const { looks } = await watch([empty], { looks: 30, ruleset: rulesetNamed('default') });
    expect(new Set(looks.map(({ groups }) => groups[0]?.kind))).toEqual(new Set(['STOPPED']));
  });

  test('ends with exit 0 when the last look found nothing, whatever came before', async () => {
    const stopped = standing({ members: [], state: 'Empty' });
    const { code } = await watch([stopped, standing({ members: [owner], committed: new Map([['orders', [9]]]) })], {
      looks: 2,
    });
    expect(code).toBe(EXIT.fine);
  });

  test('ends with exit 3 when the last look was not whole', async () => {
    const failures = [{ part: 'broker', broker: 'b:1', code: 'TIMEOUT', message: 'no answer' }] as const;
    const { code } = await watch([{ failures }], { looks: 1 });
    expect(code).toBe(EXIT.couldNotRead);
  });

  test('draws a terminal anew, no higher than it is, and cuts long lines', async () => {
    const groups = new Map(Array.from({ length: 20 }, (_, index) => [`group-${index}`, aGroup()]));
    const screen = Object.assign(new PassThrough(), { rows: 10 });
    const { text } = await watch([{ groups }], { looks: 1, view: { json: false }, screen });
    expect(text.startsWith('\u001b[H\u001b[J\u001b[?7l20')).toBe(true);
    expect(text).toContain('\n… 17 more lines: ');
    expect(text.endsWith('\u001b[?7h')).toBe(true);
    expect(text.split('\n')).toHaveLength(10);
  });

  test('writes one look after the other to a file', async () => {
    const { text } = await watch([{ groups: new Map([['g', aGroup()]]) }], { looks: 2, view: { json: false } });
    expect(text.match(/^GROUP/gm)).toHaveLength(2);
    expect(text).not.toContain('\u001b');
  });

  test('tells by rules that measure what is known beside the status, of the group and of each partition', async () => {
    const moving = Array.from({ length: 4 }, (_, look) => at({ end: 9_000 + 50 * look, committed: 500 * look }));
    const { text } = await watch(moving, { looks: 4, view: { group: 'billing' }, ruleset: rulesetNamed('default') });
    const last = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    const rate = (value: number) => ({ kind: 'known', value, source: 'measured', sureness: 'low' });
    expect(last.measures).toMatchObject({ producedPerS: rate(10), consumedPerS: rate(100), lostMessages: 0 });
    expect(last.partitions[0].measures).toMatchObject({ producedPerS: rate(10), consumedPerS: rate(100) });
    expect(last.partitions[0].measures.drainEtaMs).toMatchObject({ kind: 'known', source: 'extrapolated' });
  });

  test('advises on the capacity of the one group that is watched', async () => {
    const moving = Array.from({ length: 4 }, (_, look) => at({ end: 9_000, committed: 500 * look }));
    const { text } = await watch(moving, { looks: 4, view: { json: false, group: 'billing' } });
    expect(text).toContain('\n\nCapacity: 1 consumer (now 1) for the peak of 0/s, and to work off 9,000 in 30 min');
    const { text: json } = await watch(moving, { looks: 4, view: { group: 'billing' } });
    const capacities = json
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).capacity);
    expect(capacities[0]).toBeNull();
    expect(capacities.at(-1)).toMatchObject({ membersNeeded: 1, pattern: 'consumerPerPartition', sureness: 'low' });
  });
});

const owner = aMember({ assigned: new Map([['orders', [0]]]) });

/** A group at offset 5 of 9, again and again. */
function standing(group: Parameters<typeof aGroup>[0]): Partial<ClusterSnapshot> {
  const committed = new Map([['orders', [5]]]);
  return {
    topics: new Map([['orders', [aLog(9)]]]),
    groups: new Map([['billing', aGroup({ committed, ...group })]]),
  };
}

/** The same group at work. */
const at = ({ end, committed }: { end: number; committed: number }): Partial<ClusterSnapshot> => ({
  topics: new Map([['orders', [aLog(end)]]]),
  groups: new Map([['billing', aGroup({ members: [owner], committed: new Map([['orders', [committed]]]) })]]),
});

interface Look {
  readonly groups: readonly { readonly status: string; readonly kind: string | null; readonly rule: string | null }[];
}

/** By a window of three looks, unless told otherwise. */
async function watch(
  answers: readonly Partial<ClusterSnapshot>[],
  {
    looks,
    view = {},
    screen = new PassThrough(),
    ruleset = burrowRuleset({ ...BURROW_DEFAULTS, intervals: 3, minimumCompleteRatio: 1 }),
  }: { looks: number; view?: Partial<View>; screen?: PassThrough; ruleset?: Ruleset },
) {
  const intervalMs = 5_000;
  const code = await watchCluster(aReaderOf(answers), {
    view: { ...VIEW, ...view },
    ruleset,
    plan: { intervalMs, forMs: (looks - 1) * intervalMs, signal: new AbortController().signal, pace: aPace() },
    screen,
  });
  const text = String(screen.read() ?? '');
  const json = { ...VIEW, ...view }.json;
  const parsed: Look[] = json
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
  return { code, text, looks: parsed };
}
