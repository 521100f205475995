import { expect, test } from 'vitest';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import type { RulesetName } from '../../lambdas/core/status/ruleset.ts';
import { rulesetNamed } from '../../lambdas/core/status/rulesets.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { snapshotHandler } from '../../lambdas/snapshot/snapshot-handler.ts';
import { anEvaluationWorld } from '../builders/evaluation-world.ts';
import { eagerSettings } from '../builders/incident-settings.ts';
import { MINUTE_MS, minutesOf } from '../builders/one-partition.ts';
import { T0_MS } from '../builders/snapshots.ts';

const MINUTES = 180;
const PRODUCED_PER_MINUTE = 600;

/** How far the function's clock is off at each minute. */
const SKEWS: readonly { readonly why: string; readonly skewMs: (minute: number) => number }[] = [
  { why: '90 s ahead', skewMs: () => 90_000 },
  { why: '90 s behind', skewMs: () => -90_000 },
  { why: 'ahead, then set right: it jumps back', skewMs: (minute) => (minute < 90 ? 90_000 : 0) },
  { why: 'behind, then set right: it jumps ahead', skewMs: (minute) => (minute < 90 ? -90_000 : 0) },
  {
    why: 'that of another machine every few minutes',
    skewMs: (minute) => (Math.floor(minute / 4) % 2 ? 90_000 : -20_000),
  },
  { why: 'wrong for one reading', skewMs: (minute) => (minute === 100 ? -90_000 : 0) },
  { why: 'so far ahead for one reading', skewMs: (minute) => (minute === 100 ? 90_000 : 0) },
];

/** A group that is always some messages behind, ten seconds at most; from `stoppedFrom` on nothing is committed any more. */
async function judged(ruleset: RulesetName, skewMs: (minute: number) => number, stoppedFrom = MINUTES) {
  const committedAt = (minute: number): number => {
    const last = Math.min(minute, stoppedFrom);
    return (last + 1) * PRODUCED_PER_MINUTE - (last % 2 === 0 ? 0 : 100);
  };
  const minutes = minutesOf(MINUTES, (minute) => ({
    end: (minute + 1) * PRODUCED_PER_MINUTE,
    committed: committedAt(minute),
  }));
  const { evaluation, history, sent } = anEvaluationWorld(eagerSettings());
  const world = { ...evaluation, ruleset: rulesetNamed(ruleset) };
  let nowMs = T0_MS;
  const clock = { nowMs: () => nowMs };
  const cost = { requests: 0, sentBytes: 0, receivedBytes: 0, cpuMs: 0, wallMs: 0 };
  let snapshot = minutes[0];
  const snapshots = snapshotHandler({
    readerOf: async () => ({
      read: async ({ atMs }) => {
        if (snapshot === undefined) throw new Error('no such minute');
        return { snapshot: { ...snapshot, atMs }, cost };
      },
      close: async () => {},
    }),
    history,
    ledger: memoryReleaseLedger({ clock, retentionMs: 86_400_000 }),
    clock,
    sampleIntervalMsOf: () => MINUTE_MS,
    gridMs: MINUTE_MS,
  });
  const verdicts: (GroupVerdict | undefined)[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    snapshot = minutes[minute];
    nowMs = T0_MS + minute * MINUTE_MS + skewMs(minute);
    const slot = new Date(T0_MS + minute * MINUTE_MS).toISOString();
    const context = { awsRequestId: `${minute}`, getRemainingTimeInMillis: () => 59_000 };
    expect(await snapshots({ cluster: 'prod', slot }, context)).toMatchObject({ outcome: 'stored' });
    expect(await evaluateCluster(world, { cluster: 'prod', unread: null })).toMatchObject({ samples: 1 });
    verdicts.push((await evaluation.evaluations.readVerdicts('prod'))?.verdicts[0]);
  }
  return { verdicts, sent };
}

const RULESETS: readonly RulesetName[] = ['default', 'burrow'];
const CASES = RULESETS.flatMap((ruleset) => SKEWS.map((skew) => ({ ruleset, ...skew })));

test.each(
  CASES,
)('by the rules $ruleset, a clock $why: nothing is told of a group that keeps up, and no time lag is far off', async ({
  ruleset,
  skewMs,
}) => {
  const { verdicts, sent } = await judged(ruleset, skewMs);
  expect(sent).toEqual([]);
  for (const verdict of verdicts) {
    if (verdict === undefined || verdict.timeLag.kind === 'unknown') continue;
    expect(verdict.timeLag.timeLagMs).toBeGreaterThanOrEqual(0);
    // Ten seconds, and what the clock was off by within the history.
    expect(verdict.timeLag.timeLagMs).toBeLessThanOrEqual(10_000 + 110_000);
  }
});

test.each(CASES)('by the rules $ruleset, a clock $why: a group that stalls is told within half an hour', async ({
  ruleset,
  skewMs,
}) => {
  const { sent } = await judged(ruleset, skewMs, 95);
  const [first] = sent;
  expect(sent.filter(({ transition }) => transition === 'opened')).toHaveLength(1);
  expect(first).toMatchObject({ group: 'billing', transition: 'opened' });
  expect((first?.atMs ?? Number.NaN) - (T0_MS + 95 * MINUTE_MS)).toBeLessThan(30 * MINUTE_MS);
});
