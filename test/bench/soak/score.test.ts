import { expect, test } from 'vitest';
import type { Deedspan } from '../../../bench/soak/deeds.ts';
import { scoreSoak } from '../../../bench/soak/score.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import { aNotice } from '../../builders/notice.ts';

const aDeed = (part: Partial<Deedspan>): Deedspan => ({
  group: 'billing',
  what: 'stopped',
  isFault: true,
  fromMs: 1_000_000,
  untilMs: 1_060_000,
  ...part,
});
const told = (part: Partial<Notice>): Notice => aNotice({ group: 'billing', transition: 'opened', ...part });
const opened = told({ id: '1', incidentId: 'a', atMs: 1_010_000 });
const recovered = told({ id: '2', incidentId: 'a', transition: 'recovered', atMs: 1_070_000 });

test('a fault that is told while it lasts and ends is neither missed nor false', () => {
  expect(scoreSoak([aDeed({})], [opened, recovered])).toEqual({
    faults: 1,
    missed: [],
    falseAlarms: [],
    duringBrokerFaults: 0,
    neverEnded: [],
    repeats: 0,
    delaysMs: [10_000],
  });
});

test('a fault that nobody told is missed', () => {
  const fault = aDeed({});
  expect(scoreSoak([fault], []).missed).toEqual([fault]);
  expect(scoreSoak([fault], [told({ group: 'shipping', atMs: 1_010_000 })]).missed).toEqual([fault]);
});

test.each([
  { why: 'nothing was done at all', deeds: [] },
  { why: 'what was done is no fault', deeds: [aDeed({ what: 'burst', isFault: false })] },
  { why: 'the fault was another group’s', deeds: [aDeed({ group: 'shipping' })] },
  { why: 'the fault came later', deeds: [aDeed({ fromMs: 1_020_000, untilMs: 1_080_000 })] },
])('an opening is false where $why', ({ deeds }) => {
  expect(scoreSoak(deeds, [opened, recovered]).falseAlarms).toEqual([opened]);
});

test('around a broker’s fault nobody can tell, and it is counted apart', () => {
  const score = scoreSoak([aDeed({ group: null, what: 'killed' })], [opened, recovered]);
  expect(score).toMatchObject({ faults: 0, falseAlarms: [], duringBrokerFaults: 1 });
});

test('an opening without an end is told, and a repeat under one id counts once', () => {
  expect(scoreSoak([aDeed({})], [opened, opened])).toMatchObject({ neverEnded: [opened], repeats: 1 });
});
