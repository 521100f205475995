import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import { defaultRuleset } from '../../../../lambdas/core/status/default/default-ruleset.ts';
import type { GroupVerdict } from '../../../../lambdas/core/status/verdict.ts';
import { anyHistory, type History, snapshotsOf } from '../../../builders/any-history.ts';

const RULES = defaultRuleset();

describe('whatever a group does', { timeout: 30_000 }, () => {
  test('the order of partitions, absolute offsets and topic names change no status', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.nat(),
        fc.array(fc.nat({ max: 2 ** 40 }), { minLength: 4 }),
        (history, shift, offsets) => {
          const places = history.written.map((_, partition) => partition);
          const order = [...places.slice(shift % places.length), ...places.slice(0, shift % places.length)];
          const straight = statusesOf(snapshotsOf(history), 'orders');
          const told = statusesOf(snapshotsOf(history, { topic: 'renamed.topic', offsets, order }), 'renamed.topic');
          expect(told).toEqual(
            straight.map(({ group, partitions }) => ({ group, partitions: order.map((place) => partitions[place]) })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('who gets on faster from some time on is never judged worse', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 60 }),
        (history, pace, more) => {
          const paced = (messages: number): History => ({
            written: history.written,
            stretches: [
              { minutes: 40, pace: 1_000, present: true },
              { minutes: 60, pace: messages, present: true },
            ],
          });
          const slow = statusesOf(snapshotsOf(paced(pace)), 'orders');
          const fast = statusesOf(snapshotsOf(paced(pace + more)), 'orders');
          for (const [minute, { group }] of fast.entries()) {
            expect(badness(group)).toBeLessThanOrEqual(badness(slow[minute]?.group ?? 'OK'));
          }
        },
      ),
      { numRuns: 60, examples: [[LATE_ALREADY, 15, 5]] },
    );
  });

  test('a hole in the samples opens nothing by itself', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.integer({ min: 3, max: 20 }),
        fc.integer({ min: 5, max: 150 }),
        (history, length, from) => {
          const snapshots = snapshotsOf(history);
          const seen = [...snapshots.slice(0, from), ...snapshots.slice(from + length)];
          const verdicts = seen.length > from ? statusesOf(seen, 'orders') : [];
          const before = verdicts[from - 1];
          const after = verdicts[from];
          if (before === undefined || after === undefined) return;
          if (badness(before.group) < 2) expect(badness(after.group)).toBeLessThan(2);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The slower of two is late already when the faster one begins to be: its time lag grows less, and it is no better for that. */
const LATE_ALREADY: History = { written: [[0, 0, 21, 80, 0, 59]], stretches: [] };

const badness = (status: string): number => ['OK', 'UNKNOWN', 'WARN', 'ERR'].indexOf(status);

function statusesOf(snapshots: readonly ClusterSnapshot[], topic: string) {
  const run = RULES.begin(null);
  return snapshots.map((snapshot) => {
    const [verdict] = run.advance(snapshot);
    return { group: verdict?.status ?? 'OK', partitions: partitionStatuses(verdict, topic) };
  });
}

const partitionStatuses = (verdict: GroupVerdict | undefined, topic: string) =>
  verdict?.partitions.get(topic)?.map((partition) => partition?.status) ?? [];
