import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshotOfGroup } from '../../lambdas/core/cluster/one-group.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { HistoryStore, Sample } from '../../lambdas/core/ports/history-store.ts';
import { anySnapshot } from '../builders/any-snapshot.ts';
import { aBusySnapshot } from '../builders/busy-cluster.ts';
import { aGroup, aLog, aSnapshot } from '../builders/snapshots.ts';
import { PRESENT_MS } from './present.ts';

export interface HistoryPlace {
  readonly clock: Clock;
  readonly retentionMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const slotAt = (minute: number): number => PRESENT_MS + minute * MINUTE_MS;
const ALL = { cluster: 'prod', afterSlotMs: Number.NEGATIVE_INFINITY };

/** @param open makes an empty place; each call of what it gives is another process's handle on that place */
export function historyStoreContract(open: (place: HistoryPlace) => Promise<() => HistoryStore>): void {
  const openNow = (nowMs = slotAt(24 * 60)) => open({ clock: { nowMs: () => nowMs }, retentionMs: 30 * DAY_MS });

  describe('a sample', () => {
    test('reads back as it was, whatever a cluster holds', async () => {
      const handle = await openNow();
      const sample = { slotMs: slotAt(0), snapshot: aBusySnapshot() };
      expect(await handle().append(sample)).toBe('stored');
      expect(await all(handle().read(ALL))).toEqual([sample]);
    });

    test('reads back as it was, for any snapshots in any succession', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anySnapshot, { minLength: 1, maxLength: 4 }), async (snapshots) => {
          const handle = await openNow();
          const writer = handle();
          const samples = snapshots.map((snapshot, minute) => sampleAt(minute, { ...snapshot, cluster: 'prod' }));
          for (const sample of samples) await writer.append(sample);
          expect(await all(handle().read(ALL))).toEqual(samples);
        }),
        { numRuns: 8 },
      );
    });

    test('counts once per slot: the first write wins and a later one changes nothing', async () => {
      const handle = await openNow();
      const first = sampleAt(0, moved(1));
      expect(await handle().append(first)).toBe('stored');
      expect(await handle().append(sampleAt(0, moved(2)))).toBe('alreadyStored');
      expect(await handle().append(first)).toBe('alreadyStored');
      expect(await all(handle().read(ALL))).toEqual([first]);
    });

    test('of concurrent writers is one of theirs, whole', async () => {
      const handle = await openNow();
      const rivals = [1, 2, 3, 4].map((step) => sampleAt(0, moved(step)));
      const outcomes = await Promise.all(rivals.map((sample) => handle().append(sample)));
      expect(outcomes.toSorted()).toEqual(['alreadyStored', 'alreadyStored', 'alreadyStored', 'stored']);
      expect(await all(handle().read(ALL))).toEqual([rivals[outcomes.indexOf('stored')]]);
    });

    test('written after the loser of a race still reads back as it was', async () => {
      const handle = await openNow();
      const [loser, winner] = [handle(), handle()];
      await loser.append(sampleAt(0, moved(0)));
      await winner.append(sampleAt(1, moved(1)));
      await loser.append(sampleAt(1, moved(7)));
      await loser.append(sampleAt(2, moved(2)));
      const snapshots = (await all(handle().read(ALL))).map(({ snapshot }) => snapshot);
      expect(snapshots).toEqual([moved(0), moved(1), moved(2)]);
    });
  });

  describe('a range', () => {
    test('comes oldest first, whatever the order of the writes', async () => {
      const handle = await openNow();
      const writer = handle();
      for (const minute of [3, 0, 61, 2]) await writer.append(sampleAt(minute, moved(minute)));
      expect(await all(handle().read(ALL))).toEqual([0, 2, 3, 61].map((minute) => sampleAt(minute, moved(minute))));
    });

    test('begins after its first slot and ends with its last', async () => {
      const handle = await openNow();
      const writer = handle();
      for (let minute = 50; minute < 75; minute += 1) await writer.append(sampleAt(minute, moved(minute)));
      const range = { cluster: 'prod', afterSlotMs: slotAt(57), untilSlotMs: slotAt(62) };
      const slots = (await all(handle().read(range))).map(({ slotMs }) => slotMs);
      expect(slots).toEqual([58, 59, 60, 61, 62].map(slotAt));
    });

    test('may be bounded by a share of a millisecond, as who learns from a part of the past reckons it', async () => {
      const handle = await openNow();
      for (const minute of [0, 1, 2]) await handle().append(sampleAt(minute, moved(minute)));
      const range = { cluster: 'prod', afterSlotMs: slotAt(0) + 0.153, untilSlotMs: slotAt(1) + 0.5 };
      expect((await all(handle().read(range))).map(({ slotMs }) => slotMs)).toEqual([slotAt(1)]);
    });

    test('of a cluster never seen is empty', async () => {
      const handle = await openNow();
      await handle().append(sampleAt(0, moved(0)));
      expect(await all(handle().read({ ...ALL, cluster: 'staging' }))).toEqual([]);
    });

    test('leaves out what has expired, deleted or not', async () => {
      let nowMs = slotAt(0);
      const handle = await open({ clock: { nowMs: () => nowMs }, retentionMs: DAY_MS });
      for (const minute of [0, 1, 2]) await handle().append(sampleAt(minute, moved(minute)));
      nowMs = slotAt(1) + DAY_MS;
      expect(await all(handle().read(ALL))).toEqual([sampleAt(2, moved(2))]);
    });
  });

  describe('through the hour', () => {
    test('groups and partitions may come and go', async () => {
      const handle = await openNow();
      const writer = handle();
      const orders = aGroup({ committed: new Map([['orders', [1, 2]]]) });
      const snapshots = [
        aSnapshot({ topics: new Map([['orders', [aLog(5), aLog(5)]]]), groups: new Map([['billing', orders]]) }),
        aSnapshot({ topics: new Map([['orders', [null, aLog(6)]]]), groups: new Map() }),
        aSnapshot({
          topics: new Map([['orders', [aLog(7), aLog(7), aLog(0)]]]),
          groups: new Map([['billing', orders]]),
        }),
        aSnapshot({ topics: new Map(), groups: new Map([['billing', aGroup({ state: 'Dead' })]]) }),
        aSnapshot({
          topics: new Map([['orders', [aLog(8)]]]),
          groups: new Map([
            ['billing', orders],
            ['new', orders],
          ]),
        }),
      ];
      for (const [minute, snapshot] of snapshots.entries()) await writer.append(sampleAt(minute, snapshot));
      expect((await all(handle().read(ALL))).map(({ snapshot }) => snapshot)).toEqual(snapshots);
    });

    test('a writer that starts cold for every sample loses nothing', async () => {
      const handle = await openNow();
      const samples = Array.from({ length: 20 }, (_, index) => sampleAt(index * 7, moved(index * 7)));
      for (const sample of samples) await handle().append(sample);
      expect(await all(handle().read(ALL))).toEqual(samples);
    });
  });

  describe('one group', () => {
    test('reads back as what its cluster said about it', async () => {
      const handle = await openNow();
      const writer = handle();
      const samples = [0, 1, 2, 59, 60, 61].map((minute) => sampleAt(minute, aBusySnapshot(minute)));
      for (const sample of samples) await writer.append(sample);
      for (const group of ['billing', 'shared-basket', 'never-seen']) {
        const expected = samples.map(({ slotMs, snapshot }) => ({
          slotMs,
          snapshot: snapshotOfGroup(snapshot, group),
        }));
        expect(await all(handle().readGroup({ ...ALL, group }))).toEqual(expected);
      }
    });
  });
}

const sampleAt = (minute: number, snapshot: ClusterSnapshot): Sample => ({ slotMs: slotAt(minute), snapshot });

/** The busy cluster, with every offset moved on a little. */
const moved = (step: number): ClusterSnapshot => aBusySnapshot(step);

async function all(samples: AsyncIterable<Sample>): Promise<Sample[]> {
  return Array.fromAsync(samples);
}
