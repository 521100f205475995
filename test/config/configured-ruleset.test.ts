import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredRuleset } from '../../lambdas/config/configured-ruleset.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../builders/snapshots.ts';

const clusters = [{ name: 'prod', brokers: ['a:9092'] }];

/** The status of a member that kept up for sixty samples and then left `lagMessages` unread for fifteen. */
function statusOfStuck(lagMessages: number, config: object, stepMs = 60_000): string | undefined {
  const run = configuredRuleset(parseConfig({ clusters, ...config }, 'test'), 'prod').begin(null);
  let status: string | undefined;
  for (let sample = 0; sample <= 75; sample += 1) {
    const stuck = sample > 60;
    const committed = 100 * Math.min(sample, 60);
    const billing = aGroup({
      members: [aMember({ assigned: new Map([['orders', [0]]]) })],
      committed: new Map([['orders', [committed]]]),
    });
    const topics = new Map([['orders', [aLog(stuck ? committed + lagMessages + sample : committed)]]]);
    const atMs = T0_MS + sample * stepMs;
    status = run.advance(aSnapshot({ atMs, topics, groups: new Map([['billing', billing]]) }))[0]?.status;
  }
  return status;
}

describe('what is expected of a group', () => {
  test('without a word, a stuck member is trouble', () => {
    expect(statusOfStuck(500, {})).toBe('ERR');
  });

  test('an allowed lag is no work that waits', () => {
    expect(statusOfStuck(500, { groups: [{ match: 'bill.*', allowedLagMessages: 1_000 }] })).toBe('OK');
  });

  test('the first entry that matches counts, and one for another cluster does not', () => {
    const allowed = { match: 'billing', allowedLagMessages: 1_000 };
    expect(statusOfStuck(500, { groups: [{ match: 'billing' }, allowed] })).toBe('ERR');
    expect(statusOfStuck(500, { groups: [{ ...allowed, cluster: 'staging' }] })).toBe('ERR');
  });
});

test('rules that are made twelve times faster judge samples that come twelve times faster', () => {
  expect(statusOfStuck(500, {}, 5_000)).toBe('OK');
  expect(statusOfStuck(500, { timesFaster: 12 }, 5_000)).toBe('ERR');
});
