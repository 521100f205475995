import { describe, expect, test } from 'vitest';
import { NOT_YET, pollEveryMs, withAttempt } from '../../../lambdas/api/page/data/answered.ts';
import { changesText } from '../../../lambdas/api/page/data/changes.ts';
import { aGroupEntry } from '../../builders/page/page-groups.ts';

describe('what is shown while the API fails', () => {
  const good = withAttempt(NOT_YET, { kind: 'answered', answer: 'first' }, 1_000);
  const silent = { kind: 'silent', sentence: 'the API does not answer' } as const;

  test('is the last good answer, with since when it is old', () => {
    const twice = withAttempt(withAttempt(good, silent, 2_000), silent, 3_000);
    expect(twice).toEqual({
      answer: 'first',
      receivedAtMs: 1_000,
      problem: { sentence: 'the API does not answer', status: null, sinceMs: 2_000 },
    });
  });

  test('is forgotten with the next good one', () => {
    const again = withAttempt(withAttempt(good, silent, 2_000), { kind: 'answered', answer: 'second' }, 3_000);
    expect(again).toEqual({ answer: 'second', receivedAtMs: 3_000, problem: null });
  });

  test('a refusal keeps its status: who is not logged in can be told so', () => {
    const refused = withAttempt(NOT_YET, { kind: 'refused', status: 401, sentence: 'a token is needed' }, 5);
    expect(refused).toMatchObject({ answer: null, problem: { status: 401, sinceMs: 5 } });
  });
});

test.each([
  { sampleIntervalMs: 1_000, everyMs: 2_000 },
  { sampleIntervalMs: 5_000, everyMs: 2_500 },
  { sampleIntervalMs: 60_000, everyMs: 30_000 },
  { sampleIntervalMs: 600_000, everyMs: 30_000 },
])('samples each $sampleIntervalMs ms are looked for each $everyMs ms', ({ sampleIntervalMs, everyMs }) => {
  expect(pollEveryMs(sampleIntervalMs)).toBe(everyMs);
});

describe('what a screen reader is told', () => {
  const ok = ['a', 'b', 'c', 'd', 'e'].map((group) => aGroupEntry({ group }));
  const stopped = ok.map((entry) => ({ ...entry, status: 'ERR' as const, kind: 'STOPPED' as const }));

  test('is nothing while nothing changes, and nothing of groups that are new', () => {
    expect(changesText(ok, ok)).toBe('');
    expect(changesText([], stopped)).toBe('');
  });

  test('names what changed, but no endless list', () => {
    expect(changesText(ok, [...stopped.slice(0, 1), ...ok.slice(1)])).toBe('a: now Stopped.');
    expect(changesText(ok, stopped)).toBe('a: now Stopped. b: now Stopped. c: now Stopped. 2 more changed.');
  });
});
