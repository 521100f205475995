import { expect, test } from 'vitest';
import { timeLagWorse } from '../../../../lambdas/core/gate/checks/time-lag-worse.ts';
import { baselineOf } from '../../../../lambdas/core/gate/evidence/baseline.ts';
import { evidenceOf } from '../../../../lambdas/core/gate/evidence/evidence.ts';
import { emptyHistory, record } from '../../../../lambdas/core/gate/evidence/history.ts';
import { releaseSampleOf } from '../../../../lambdas/core/gate/evidence/release-sample.ts';
import { DEFAULT_GATE_SETTINGS as SETTINGS } from '../../../../lambdas/core/gate/settings.ts';
import { aReleaseStory, type Frame, PER_MINUTE, type Story } from '../../../builders/release-story.ts';

/** Each judged partition falls behind by this share of a minute's production each minute, from minute 2 on. */
const falls = (share: number, partitions: readonly number[]) => (frame: Frame) => {
  for (const p of partitions) {
    const backlog = Math.max(0, frame.minute - 2) * share * PER_MINUTE;
    frame.committed[p] = (frame.ends[p] ?? 0) - 30 - backlog;
  }
};

/** The first minute at which the check answers, asked at every minute; null: never. */
function firstAnswer({ release, snapshots }: Story): { minute: number; code: string } | null {
  const history = emptyHistory();
  for (const snapshot of snapshots) {
    const sample = releaseSampleOf(release, SETTINGS.deadLetterTopics, snapshot);
    if (sample) record(history, release, sample);
    if (snapshot.atMs < release.startedAtMs) continue;
    const baseline = baselineOf(history, release.startedAtMs, SETTINGS);
    const answer = timeLagWorse(evidenceOf(release, SETTINGS, history, baseline));
    if (answer) return { minute: (snapshot.atMs - release.startedAtMs) / 60_000, code: answer.code };
  }
  return null;
}

test.each([
  { why: 'the canary falls behind', twist: falls(0.5, [0]), minute: 10 },
  { why: 'the controls fall behind as much: a common cause', twist: falls(0.5, [0, 1, 2, 3]), minute: null },
  { why: 'it is a minute behind, which does no harm', twist: falls(0.02, [0]), minute: null },
  { why: 'only the old version falls behind', twist: falls(0.5, [1, 2, 3]), minute: null },
])('$why: answers at minute $minute', ({ twist, minute }) => {
  const answer = firstAnswer(aReleaseStory({}, twist));
  expect(answer).toEqual(minute === null ? null : { minute, code: 'TIME_LAG_WORSE' });
});

test('significance without harm rolls nothing back: a hundredfold of a tiny lag is tiny', () => {
  const steady = (frame: Frame): void => {
    frame.committed = frame.ends.map((end, p) => end - (frame.minute >= 1 && p === 0 ? 600 : 6));
  };
  expect(firstAnswer(aReleaseStory({}, steady))).toBeNull();
});

test('without enough of a past there is no test', () => {
  expect(firstAnswer(aReleaseStory({ from: -10 }, falls(0.5, [0])))).toBeNull();
});
