import { describe, expect, test } from 'vitest';
import { EMPTY } from '../../../../builders/one-partition.ts';
import { endAt, type Story, spells } from '../../../../builders/partition-story.ts';

describe('a transaction marker', () => {
  test.each<Story>([
    {
      why: 'leaves a lag of 1 behind each commit',
      minutes: 90,
      story: (minute) => ({ committed: endAt(minute) - 1 }),
      spells: ['0 OK'],
    },
    {
      why: 'rests for ever when nothing more is written',
      minutes: 120,
      story: (minute) => ({ end: endAt(Math.min(30, minute)), committed: endAt(Math.min(30, minute)) - 1 }),
      spells: ['0 OK'],
    },
    {
      why: 'is no work that an empty group leaves undone',
      minutes: 120,
      story: () => ({ end: 501, committed: 500, group: EMPTY }),
      spells: ['0 OK'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});
