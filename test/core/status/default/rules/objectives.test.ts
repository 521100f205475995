import { describe, expect, test } from 'vitest';
import { endAt, type Story, spells } from '../../../../builders/partition-story.ts';

describe('objectives sharpen the rules', () => {
  const behind = (minute: number) => ({ committed: endAt(minute) - 500 });
  const batches = (every: number) => (minute: number) => ({ committed: endAt(every * Math.floor(minute / every)) });
  const resting = (minute: number) => ({
    end: endAt(Math.min(60, minute)) + (minute > 60 ? 50 : 0),
    committed: endAt(Math.min(60, minute)),
  });
  test.each<Story>([
    {
      why: 'five minutes behind is as good as any without an objective',
      minutes: 60,
      story: behind,
      spells: ['0 UNKNOWN', '1 OK'],
    },
    {
      why: 'over its time-lag objective for a quarter of an hour, and no better',
      minutes: 60,
      story: behind,
      objectives: { timeLagMs: 180_000 },
      spells: ['0 UNKNOWN', '1 OK', '19 FALLING_BEHIND'],
    },
    {
      why: 'over it, but catching up',
      minutes: 60,
      story: (minute) => ({ committed: Math.min(endAt(minute), endAt(minute) - 2_000 + 30 * minute) }),
      objectives: { timeLagMs: 180_000 },
      spells: ['0 UNKNOWN', '1 OK'],
    },
    { why: 'fifty wait and nothing moves', minutes: 90, story: resting, spells: ['0 OK', '63 UNKNOWN', '76 STALLED'] },
    { why: 'fifty may wait', minutes: 90, story: resting, objectives: { allowedLagMessages: 100 }, spells: ['0 OK'] },
    {
      why: 'a batch an hour is a standstill to who knows nothing of it',
      minutes: 125,
      story: batches(60),
      spells: ['0 OK', '3 UNKNOWN', '46 STALLED', '60 OK', '63 UNKNOWN', '106 STALLED', '120 OK', '123 UNKNOWN'],
    },
    {
      why: 'a batch an hour is expected',
      minutes: 125,
      story: batches(60),
      objectives: { cadenceMs: 3_600_000 },
      spells: ['0 OK'],
    },
    {
      why: 'a batch an hour is expected, and does not come',
      minutes: 170,
      story: (minute) => batches(60)(Math.min(minute, 60)),
      objectives: { cadenceMs: 3_600_000 },
      spells: ['0 OK', '134 STALLED'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});
