import { expect, test } from 'vitest';
import { isWithin, type QuietWindow, WEEKDAYS } from '../../../lambdas/core/incident/quiet-window.ts';
import { silenceAt } from '../../../lambdas/core/incident/silence.ts';

const all = { allow: [], deny: [] };
const window = (overrides: Partial<QuietWindow> = {}): QuietWindow => ({
  days: WEEKDAYS,
  fromMinute: 22 * 60,
  untilMinute: 6 * 60,
  timeZone: 'UTC',
  clusters: all,
  groups: all,
  ...overrides,
});

test.each([
  { why: 'the beginning belongs to it', at: '2026-01-05T22:00:00Z', within: true },
  { why: 'the minute before does not', at: '2026-01-05T21:59:59Z', within: false },
  { why: 'it runs past midnight', at: '2026-01-06T03:00:00Z', within: true },
  { why: 'the end does not belong to it', at: '2026-01-06T06:00:00Z', within: false },
  { why: 'noon', at: '2026-01-06T12:00:00Z', within: false },
])('a night: $why', ({ at, within }) => {
  expect(isWithin(window(), Date.parse(at))).toBe(within);
});

test.each([
  { why: 'the night that began on Saturday lasts into Sunday', at: '2026-01-11T05:00:00Z', within: true },
  { why: 'Sunday begins no night', at: '2026-01-11T23:00:00Z', within: false },
  { why: 'nor lasts it into Monday', at: '2026-01-12T05:00:00Z', within: false },
])('of Saturdays only: $why', ({ at, within }) => {
  expect(isWithin(window({ days: ['Sat'] }), Date.parse(at))).toBe(within);
});

test.each([
  { why: 'in winter Berlin is an hour ahead', at: '2026-01-05T21:00:00Z', within: true },
  { why: 'in summer two', at: '2026-07-06T20:00:00Z', within: true },
  { why: 'an hour before that it is 21:00', at: '2026-07-06T19:59:00Z', within: false },
])('clocks are those of the time zone: $why', ({ at, within }) => {
  expect(isWithin(window({ timeZone: 'Europe/Berlin' }), Date.parse(at))).toBe(within);
});

test('a window with equal ends is a whole day', () => {
  const friday = window({ days: ['Fri'], fromMinute: 0, untilMinute: 0 });
  expect(isWithin(friday, Date.parse('2026-01-09T00:00:00Z'))).toBe(true);
  expect(isWithin(friday, Date.parse('2026-01-09T23:59:00Z'))).toBe(true);
  expect(isWithin(friday, Date.parse('2026-01-10T00:00:00Z'))).toBe(false);
});

test('silence is about the groups that a window or a mute names, in the clusters that it names', () => {
  const atMs = Date.parse('2026-01-05T23:00:00Z');
  const quiet = [window({ groups: { allow: [/test-.*/u], deny: [] }, clusters: { allow: [/prod/u], deny: [] } })];
  const mutes = [
    { cluster: 'prod', groups: 'billing|invoices', untilMs: atMs + 1 },
    { cluster: 'prod', groups: 'ended', untilMs: atMs },
  ];
  const isSilent = silenceAt({ quiet, mutes }, { cluster: 'prod', atMs });
  const of = ['test-1', 'a-test-1', 'billing', 'billing-2', 'invoices', 'ended', null];
  expect(of.filter(isSilent)).toEqual(['test-1', 'billing', 'invoices']);
  expect(of.filter(silenceAt({ quiet, mutes: [] }, { cluster: 'staging', atMs }))).toEqual([]);
  expect(silenceAt({ quiet: [window()], mutes: [] }, { cluster: 'prod', atMs })(null)).toBe(true);
});
