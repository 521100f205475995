import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { burrowRuleset } from '../../../../lambdas/core/status/burrow/burrow-ruleset.ts';
import { BURROW_DEFAULTS } from '../../../../lambdas/core/status/burrow/settings.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../builders/snapshots.ts';

/**
 * Ten samples at 5 s, 20 messages a second, a commit about every second: the laptop's demo, without its noise of
 * processes. The allowed lag is what is produced between two commits, so that where in that second a sample falls
 * decides nothing.
 */
const SETTINGS = { ...BURROW_DEFAULTS, allowedLagMessages: 30 };
const PRODUCED_PER_S = 20;
const SAMPLE_S = 5;

interface Consumer {
  /** Where the committed offset stands at an instant. */
  readonly committedAt: (atS: number) => number;
  readonly isMemberAt: (atS: number) => boolean;
  readonly producedAt?: (atS: number) => number;
}

const steadily = (atS: number): number => Math.floor(atS * PRODUCED_PER_S);

/** Reads all there is, and commits at whole multiples of its interval. */
const keepingUp =
  (intervalS: number, producedAt = steadily) =>
  (atS: number): number =>
    producedAt(Math.floor(atS / intervalS) * intervalS);

const anyConsumer = fc.record({
  sampleOffsetS: fc.double({ min: 0, max: SAMPLE_S, noNaN: true }),
  /** kafkajs commits at the first batch that ends a second after the last commit. */
  commitIntervalS: fc.double({ min: 1, max: 1.25, noNaN: true }),
});

describe('in the demo', () => {
  test('a consumer that keeps up is never anything but OK', () => {
    fc.assert(
      fc.property(anyConsumer, ({ sampleOffsetS, commitIntervalS }) => {
        const consumer = { committedAt: keepingUp(commitIntervalS), isMemberAt: () => true };
        expect(alarmsOf(consumer, { sampleOffsetS, forS: 300 })).toEqual([]);
      }),
    );
  });

  test('a burst that drains within 30 s is never anything but OK', () => {
    fc.assert(
      fc.property(anyConsumer, fc.integer({ min: 100, max: 100_000 }), ({ sampleOffsetS, commitIntervalS }, burst) => {
        const producedAt = (atS: number) => steadily(atS) + (atS >= 100 ? burst : 0);
        const backlogAt = (atS: number) => (atS >= 100 && atS < 130 ? Math.ceil((burst * (130 - atS)) / 30) : 0);
        const committedAt = (atS: number) => {
          const commitS = Math.floor(atS / commitIntervalS) * commitIntervalS;
          return producedAt(commitS) - backlogAt(commitS);
        };
        const consumer = { committedAt, isMemberAt: () => true, producedAt };
        expect(alarmsOf(consumer, { sampleOffsetS, forS: 300 })).toEqual([]);
      }),
    );
  });

  test.each([
    { what: 'stopped', kind: 'STOPPED', sessionS: 6 },
    { what: 'stalled', kind: 'STALLED', sessionS: Number.POSITIVE_INFINITY },
  ])('a consumer that $what is noticed within 52 s, and its return within 15 s', ({ kind, sessionS }) => {
    fc.assert(
      fc.property(anyConsumer, ({ sampleOffsetS, commitIntervalS }) => {
        const [faultS, backS] = [100, 160];
        const committedAt = (atS: number) =>
          keepingUp(commitIntervalS)(atS < faultS ? atS : atS < backS + 2 ? faultS : atS);
        const isMemberAt = (atS: number) => atS < faultS + sessionS || atS >= backS;
        const alarms = alarmsOf({ committedAt, isMemberAt }, { sampleOffsetS, forS: 300 });
        expect(new Set(alarms.map((alarm) => alarm.kind))).toEqual(new Set([kind]));
        expect((alarms[0]?.atS ?? 0) - faultS).toBeLessThanOrEqual(52);
        expect((alarms.at(-1)?.atS ?? 0) + SAMPLE_S - backS).toBeLessThanOrEqual(15);
      }),
    );
  });
});

/** Every sample at which the group was not OK, and what it was. */
function alarmsOf(
  { committedAt, isMemberAt, producedAt = steadily }: Consumer,
  { sampleOffsetS, forS }: { readonly sampleOffsetS: number; readonly forS: number },
) {
  const run = burrowRuleset(SETTINGS).begin(null);
  const alarms: { readonly atS: number; readonly kind: string | null }[] = [];
  for (let atS = 10 + sampleOffsetS; atS < forS; atS += SAMPLE_S) {
    const snapshot = aSnapshot({
      atMs: T0_MS + Math.round(atS * 1_000),
      topics: new Map([['orders', [aLog(producedAt(atS))]]]),
      groups: new Map([
        [
          'billing',
          aGroup({
            members: isMemberAt(atS) ? [aMember({ assigned: new Map([['orders', [0]]]) })] : [],
            committed: new Map([['orders', [committedAt(atS)]]]),
          }),
        ],
      ]),
    });
    for (const { status, kind } of run.advance(snapshot)) if (status !== 'OK') alarms.push({ atS, kind });
  }
  return alarms;
}
