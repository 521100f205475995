import { describe, expect, it } from 'vitest';
import { markerOf } from '../../../lambdas/core/release/offset-marker.ts';
import { aGroup, aLog, aMember, aSnapshot } from '../../builders/snapshots.ts';

const snapshot = aSnapshot({
  atMs: 60_000,
  topics: new Map([
    ['refunds', [aLog(7)]],
    ['orders', [aLog(120), null, aLog(80)]],
    ['others', [aLog(9)]],
  ]),
  groups: new Map([
    [
      'billing',
      aGroup({
        committed: new Map([['orders', [100, 40]]]),
        members: [aMember({ assigned: new Map([['refunds', [0]]]) })],
      }),
    ],
  ]),
});

describe('the offset marker', () => {
  it('has every partition of every topic that the group has to do with, read or not, committed or not', () => {
    expect(markerOf(snapshot, 'billing')).toEqual({
      atMs: 60_000,
      partitions: [
        { topic: 'orders', partition: 0, committedOffset: 100, log: { startOffset: 0, endOffset: 120 } },
        { topic: 'orders', partition: 1, committedOffset: 40, log: null },
        { topic: 'orders', partition: 2, committedOffset: null, log: { startOffset: 0, endOffset: 80 } },
        { topic: 'refunds', partition: 0, committedOffset: null, log: { startOffset: 0, endOffset: 7 } },
      ],
    });
  });

  it('is none where the reading does not show the group: nothing is known, which is not the same as no offsets', () => {
    expect(markerOf(snapshot, 'shipping')).toBeNull();
  });
});
