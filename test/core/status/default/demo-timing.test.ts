import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRuleset } from '../../../../lambdas/core/status/default/default-ruleset.ts';
import { DEFAULT_SETTINGS } from '../../../../lambdas/core/status/default/default-settings.ts';
import { scaledSettings } from '../../../../lambdas/core/status/default/scaled-settings.ts';
import type { DemoGroup } from '../../../../local/demo/groups.ts';
import { messagesPerS, SLOW_CAPACITY_PER_S } from '../../../../local/demo/traffic.ts';
import { EMPTY } from '../../../builders/one-partition.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../builders/snapshots.ts';

/** The laptop's demo without its noise of processes: samples every 5 s, durations a twelfth, commits every second. */
const RULES = defaultRuleset({ settings: scaledSettings(DEFAULT_SETTINGS, 1 / 12) });
const SAMPLE_S = 5;
const STEP_S = 0.25;
const SESSION_S = 6;

interface Story {
  readonly group: DemoGroup;
  /** Messages a second that the consumer of a partition can handle at that time. */
  readonly capacityAt?: (atS: number) => number;
  /** Messages that come at once. */
  readonly burst?: { readonly atS: number; readonly messages: number };
  /** When its only member is gone. */
  readonly goneAt?: (atS: number) => boolean;
}

const anyTiming = fc.record({
  sampleOffsetS: fc.double({ min: 0, max: SAMPLE_S, noNaN: true }),
  commitIntervalS: fc.double({ min: 1, max: 1.25, noNaN: true }),
});

type Timing = typeof anyTiming extends fc.Arbitrary<infer T> ? T : never;

describe('in the demo', { timeout: 30_000 }, () => {
  test.each([
    { why: 'a consumer that keeps up with waves', story: { group: 'orders-healthy' } },
    {
      why: 'a burst that drains in 30 s',
      story: { group: 'orders-burst', burst: { atS: 75, messages: 500 }, capacityAt: () => 25 },
    },
    {
      why: 'a restart that takes 5 s',
      story: { group: 'orders-stopped', goneAt: (atS: number) => atS >= 70 && atS < 75 },
    },
  ] as const)('$why is never an alarm', ({ story }) => {
    fc.assert(
      fc.property(anyTiming, (timing) => {
        expect(alarmsOf(story, timing, 300)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    {
      kind: 'STOPPED',
      story: { group: 'orders-stopped', goneAt: (atS: number) => atS >= 40 && atS < 160 },
      fromS: 40,
      withinS: 60,
    },
    {
      kind: 'STALLED',
      story: { group: 'orders-stalled', capacityAt: (atS: number) => (atS < 50 ? 1_000 : 0) },
      fromS: 50,
      withinS: 60,
    },
    {
      kind: 'FALLING_BEHIND',
      story: { group: 'orders-slow', capacityAt: () => SLOW_CAPACITY_PER_S },
      fromS: 0,
      withinS: 150,
    },
  ] as const)('$kind is told within $withinS s', ({ kind, story, fromS, withinS }) => {
    fc.assert(
      fc.property(anyTiming, (timing) => {
        const [first] = alarmsOf(story, timing, 160);
        expect(first?.kind).toBe(kind);
        expect(first?.atS).toBeGreaterThan(fromS);
        expect(first?.atS).toBeLessThanOrEqual(fromS + withinS);
      }),
      { numRuns: 30 },
    );
  });
});

/** Every sample at which the group was in trouble, and in what. */
function alarmsOf(story: Story, { sampleOffsetS, commitIntervalS }: Timing, forS: number) {
  const { group, capacityAt = () => 1_000, burst, goneAt = () => false } = story;
  const run = RULES.begin(null);
  const alarms: { readonly atS: number; readonly kind: string | null }[] = [];
  let [end, position, committed, goneSinceS] = [0, 0, 0, Number.NaN];
  let [nextCommitS, nextSampleS] = [0, sampleOffsetS];
  for (let atS = 0; atS < forS; atS += STEP_S) {
    end += messagesPerS(group, atS, group === 'orders-slow') * STEP_S;
    if (burst !== undefined && atS === burst.atS) end += burst.messages;
    const gone = goneAt(atS);
    if (gone && Number.isNaN(goneSinceS)) goneSinceS = atS;
    if (!gone) goneSinceS = Number.NaN;
    if (!gone) position = Math.min(end, position + capacityAt(atS) * STEP_S);
    if (!gone && atS >= nextCommitS) [committed, nextCommitS] = [Math.floor(position), atS + commitIntervalS];
    if (atS < nextSampleS) continue;
    nextSampleS += SAMPLE_S;
    // A member that was killed stays until its session ends.
    const present = !gone || atS - goneSinceS < SESSION_S;
    const members = [aMember({ assigned: new Map([['orders', [0]]]) })];
    const snapshot = aSnapshot({
      atMs: T0_MS + Math.round(atS * 1_000),
      topics: new Map([['orders', [aLog(Math.floor(end))]]]),
      groups: new Map([
        ['demo', aGroup({ members, committed: new Map([['orders', [committed]]]), ...(present ? {} : EMPTY) })],
      ]),
    });
    for (const { status, kind } of run.advance(snapshot))
      if (status === 'ERR' || status === 'WARN') alarms.push({ atS, kind });
  }
  return alarms;
}
