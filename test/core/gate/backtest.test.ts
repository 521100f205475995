import { describe, expect, test } from 'vitest';
import { openBacktest, summaryOf } from '../../../lambdas/core/gate/backtest.ts';
import { DEFAULT_GATE_SETTINGS } from '../../../lambdas/core/gate/settings.ts';
import { anActor, aReleaseStory, type Frame, PER_MINUTE } from '../../builders/release-story.ts';

const SETTINGS = { gate: DEFAULT_GATE_SETTINGS, everyMs: 20 * 60_000, deadlineMs: 30 * 60_000, pastMs: 30 * 60_000 };

/** A past of five hours in which nothing is released, told by a twist. */
function summaryOfPast(twist: (frame: Frame) => void = () => {}) {
  const { snapshots } = aReleaseStory({ from: -300, until: 0 }, twist);
  const run = openBacktest('billing', SETTINGS);
  for (const snapshot of snapshots) run.observe(snapshot);
  return { summary: summaryOf('billing', run.outcomes), outcomes: run.outcomes };
}

test('over a quiet past no placebo is rolled back, by either strategy', () => {
  const { summary, outcomes } = summaryOfPast();
  expect(summary).toMatchObject({
    placebos: 13,
    rolledBack: 0,
    undecided: 0,
    falseRollbackRatio: 0,
    medianMinutes: 14,
  });
  expect(new Set(outcomes.map(({ strategy }) => strategy))).toEqual(new Set(['canary', 'rolling']));
  expect(summary.suggestedPassMarginMs).toBe(0);
});

test('each member plays the canary in turn', () => {
  const seen = new Set<number>();
  const { outcomes } = summaryOfPast((frame) => {
    // Partition 3 of old-1 is always a bit further behind, which only its own placebo can see.
    frame.committed[3] = (frame.ends[3] ?? 0) - 0.5 * PER_MINUTE;
  });
  for (const { startedAtMs } of outcomes) seen.add(startedAtMs);
  expect(seen.size).toBe(outcomes.length);
});

test('what went wrong in that past is told by its code', () => {
  const { summary } = summaryOfPast((frame) => {
    const stood = Math.min(40, Math.max(0, frame.minute + 150));
    if (stood > 0 && stood < 40) frame.committed[0] = (frame.ends[0] ?? 0) - 30 - stood * PER_MINUTE;
  });
  expect(summary.rolledBack).toBeGreaterThan(0);
  expect(summary.codes).toHaveProperty('STALLED');
});

test('the suggested margin is what undisturbed placebos stay within', () => {
  const { summary } = summaryOfPast((frame) => {
    // Within each placebo the time lag is a minute more than it was in the half hour before.
    const level = Math.floor((frame.minute + 300) / 60);
    frame.committed = frame.ends.map((end) => end - 30 - 0.1 * level * PER_MINUTE);
  });
  expect(summary.suggestedPassMarginMs).toBeGreaterThan(0);
  expect(summary.suggestedPassMarginMs).toBeLessThanOrEqual(DEFAULT_GATE_SETTINGS.passMarginMs);
});

describe('no placebo is counted', () => {
  test('where a group has no members at its start', () => {
    expect(summaryOfPast((frame) => void frame.members.splice(0)).summary).toMatchObject({
      placebos: 0,
      falseRollbackRatio: null,
    });
  });

  test('in a past that is too short', () => {
    const run = openBacktest('billing', SETTINGS);
    for (const snapshot of aReleaseStory({ from: -20, until: 0 }).snapshots) run.observe(snapshot);
    expect(summaryOf('billing', run.outcomes)).toMatchObject({ placebos: 0, suggestedPassMarginMs: null });
  });
});

test('members with the same client id are told apart by their hosts', () => {
  const { summary } = summaryOfPast((frame) => {
    frame.members = [anActor('app', [0, 2], { id: 'a', host: '/1' }), anActor('app', [1, 3], { id: 'b', host: '/2' })];
  });
  expect(summary).toMatchObject({ rolledBack: 0, undecided: 0 });
});
