import { expect, test } from 'vitest';
import { memoryHistoryStore } from '../../../lambdas/adapters/memory/history-store.ts';
import { historySamples } from '../../../lambdas/api/json/history-samples.ts';
import { aBillingSnapshot } from '../../builders/api-world.ts';
import { T0_MS } from '../../builders/snapshots.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const OF = { cluster: 'prod', group: 'billing', sampleIntervalMs: MINUTE_MS };

/** Two days of samples, one a minute, without the beginning of the hour 7. */
async function twoDays() {
  const history = memoryHistoryStore({ clock: { nowMs: () => T0_MS }, retentionMs: 365 * 24 * HOUR_MS });
  for (let minute = 0; minute < 2 * 24 * 60; minute++) {
    if (minute === 7 * 60 || minute === 7 * 60 + 1) continue;
    await history.append({ slotMs: T0_MS + minute * MINUTE_MS, snapshot: aBillingSnapshot(minute) });
  }
  return history;
}

test('of a day at most every sample is read', async () => {
  const samples = await historySamples(await twoDays(), OF, {
    fromMs: T0_MS + 24 * HOUR_MS,
    toMs: T0_MS + 48 * HOUR_MS,
  });
  expect(samples).toHaveLength(24 * 60);
});

test('of more than a day one an hour is, and every one of the last hour', async () => {
  const toMs = T0_MS + 47.5 * HOUR_MS;
  const samples = await historySamples(await twoDays(), OF, { fromMs: T0_MS, toMs });
  const slots = samples.map(({ slotMs }) => (slotMs - T0_MS) / HOUR_MS);
  expect(slots.slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  expect(slots.filter((hour) => hour >= 46)).toHaveLength(91);
  expect(slots.at(-1)).toBe(47.5);
  expect(slots).toEqual(slots.toSorted((a, b) => a - b));
});
