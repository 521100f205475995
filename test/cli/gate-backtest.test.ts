import { expect, test } from 'vitest';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import { aReleaseStory, type Frame, PER_MINUTE } from '../builders/release-story.ts';
import { runCli } from './run-cli.ts';

const recording = (twist?: (frame: Frame) => void): string =>
  aReleaseStory({ from: -300, until: 0 }, twist)
    .snapshots.map((snapshot) => `${renderSnapshot(snapshot)}\n`)
    .join('');

test('tells of each group how often its past would have been rolled back', async () => {
  const { code, stdout } = await runCli(['gate', 'backtest', '-'], recording());
  expect(code).toBe(0);
  expect(stdout).toMatch(/CLUSTER\/GROUP +PLACEBOS +ROLLED BACK/);
  expect(stdout).toMatch(/prod\/billing +\d+ +0 \(0\.0 %\)/);
});

test('as JSON, of one group, with other times; a rate that is too high ends with exit 1', async () => {
  const stalling = (frame: Frame): void => {
    if (frame.minute > -200) frame.committed[0] = (frame.ends[0] ?? 0) - (frame.minute + 201) * PER_MINUTE;
  };
  const args = ['gate', 'backtest', '--group', 'billing', '--every', '15m', '--past', '45m', '--json', '-'];
  const { code, stdout } = await runCli(args, recording(stalling));
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ group: 'prod/billing', codes: { STALLED: expect.any(Number) } });
});

test.each([
  { why: 'a group that is not in it', group: 'nobody', past: '45m', says: 'no snapshot of such a group' },
  { why: 'a past that is too short', group: 'billing', past: '6h', says: 'each takes 6 h of the past' },
])('zeros are no good news: $why', async ({ group, past, says }) => {
  const ended = await runCli(['gate', 'backtest', '--group', group, '--past', past, '--json', '-'], recording());
  expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining(says) });
  expect(ended.stdout === '' || JSON.parse(ended.stdout).placebos === 0).toBe(true);
});

test('help tells times in words; it once said 1800000', async () => {
  expect((await runCli(['gate', 'backtest', '--help'])).stdout).toContain('(default: 30 min)');
});

test.each([
  { why: 'no file', args: [], code: 2, says: "missing required argument 'file'" },
  { why: 'a file that is not there', args: ['none'], code: 3, says: 'could not read none' },
  { why: 'a time without a unit', args: ['--every', '30', '-'], code: 2, says: 'write a number and a unit' },
])('$why ends with exit $code', async ({ args, code, says }) => {
  const ended = await runCli(['gate', 'backtest', ...args]);
  expect(ended).toMatchObject({ code, stderr: expect.stringContaining(says) });
});
