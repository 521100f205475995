import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { splitSnapshot } from '../../../../lambdas/adapters/dynamodb/packing/buckets.ts';
import type { Frame } from '../../../../lambdas/adapters/dynamodb/packing/columns.ts';
import { snapshotOf } from '../../../../lambdas/adapters/dynamodb/packing/frame.ts';
import { packFrame, unpackFrame } from '../../../../lambdas/adapters/dynamodb/packing/frame-codec.ts';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import { anySnapshot } from '../../../builders/any-snapshot.ts';
import { aBusySnapshot } from '../../../builders/busy-cluster.ts';
import { aLog, aSnapshot } from '../../../builders/snapshots.ts';

// Hundreds of clusters each: on a slow machine more than five seconds.
vi.setConfig({ testTimeout: 30_000 });

const wholeOf = (snapshot: ClusterSnapshot) => {
  const [part] = splitSnapshot(snapshot, 1, () => false);
  if (part === undefined) throw new Error('a snapshot has at least one bucket');
  return part;
};

/** Packs each against the one before, the first against nothing, and unpacks them likewise. */
function throughBytes(snapshots: readonly ClusterSnapshot[]): ClusterSnapshot[] {
  let written: Frame | null = null;
  let read: Frame | null = null;
  const back: ClusterSnapshot[] = [];
  for (const snapshot of snapshots) {
    const packed = packFrame(wholeOf(snapshot), written);
    written = packed.frame;
    read = unpackFrame(packed.content, read);
    expect(read).toEqual(written);
    back.push(snapshotOf(snapshot.cluster, [read]));
  }
  return back;
}

test('any snapshots in any succession come back as they were', () => {
  fc.assert(
    fc.property(fc.array(anySnapshot, { minLength: 1, maxLength: 4 }), (snapshots) => {
      expect(throughBytes(snapshots)).toEqual(snapshots);
    }),
    { numRuns: 60 },
  );
});

test('a snapshot comes back from any number of buckets', () => {
  fc.assert(
    fc.property(anySnapshot, fc.constantFrom(1, 2, 8, 64), fc.func(fc.boolean()), (snapshot, count, holds) => {
      const parts = splitSnapshot(snapshot, count, holds);
      expect(parts).toHaveLength(count);
      const frames = parts.map((part) => packFrame(part, null).frame);
      expect(snapshotOf(snapshot.cluster, frames)).toEqual(snapshot);
    }),
  );
});

test('what has one of everything comes back minute for minute', () => {
  const hour = Array.from({ length: 60 }, (_, minute) => aBusySnapshot(minute));
  expect(throughBytes(hour)).toEqual(hour);
});

test('members that did not change are the same object from sample to sample', () => {
  const first = packFrame(wholeOf(aBusySnapshot(0)), null).frame;
  const second = packFrame(wholeOf(aBusySnapshot(1)), first).frame;
  const [before, after] = [first, second].map((frame) => snapshotOf('prod', [frame]).groups.get('billing'));
  expect(after?.members).toBe(before?.members);
});

test('offsets that grow as expected take a byte each, whatever their size', () => {
  const grown = (minute: number) =>
    aSnapshot({
      atMs: minute * 60_000,
      topics: new Map([['orders', Array.from({ length: 500 }, (_, n) => aLog(2 ** 50 + n * 1_000 + minute * n))]]),
    });
  const keyframe = packFrame(wholeOf(grown(0)), null).frame;
  const anchor = packFrame(wholeOf(grown(8)), keyframe).frame;
  const { content } = packFrame(wholeOf(grown(9)), anchor);
  expect(content.length).toBeLessThan(500 * 2 + 20);
});
