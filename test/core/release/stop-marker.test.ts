import { expect, test } from 'vitest';
import type { GroupState } from '../../../lambdas/core/cluster/group.ts';
import { STOP_MARKER_UNKNOWN, searchStopMarker } from '../../../lambdas/core/release/stop-marker.ts';
import { aGroup, aLog, aMember, aSnapshot } from '../../builders/snapshots.ts';

interface Seen {
  readonly atMs: number;
  readonly state?: GroupState;
  readonly members?: number | 'unread';
  readonly committed?: number;
  readonly isAbsent?: boolean;
}

const snapshotOf = ({ atMs, state = 'Stable', members = 0, committed = 0, isAbsent = false }: Seen) =>
  aSnapshot({
    atMs,
    topics: new Map([['orders', [aLog(1_000)]]]),
    groups: isAbsent
      ? new Map()
      : new Map([
          [
            'billing',
            aGroup({
              state,
              members: members === 'unread' ? null : Array.from({ length: members }, () => aMember()),
              committed: new Map([['orders', [committed]]]),
            }),
          ],
        ]),
  });

const old = { members: 1 };
const empty = { state: 'Empty', members: 0 } as const;

test.each<{ why: string; seen: Seen[]; atMs: number | null; isOver: boolean }>([
  { why: 'the old version still reads', seen: [{ atMs: 1, ...old }], atMs: null, isOver: false },
  {
    why: 'it has ended',
    seen: [
      { atMs: 1, ...old },
      { atMs: 2, ...empty },
    ],
    atMs: 2,
    isOver: false,
  },
  {
    why: 'the last of several readings without anybody',
    seen: [
      { atMs: 1, ...old },
      { atMs: 2, ...empty },
      { atMs: 3, ...empty },
      { atMs: 4, members: 1 },
    ],
    atMs: 3,
    isOver: true,
  },
  {
    why: 'a later pause of the new version changes nothing',
    seen: [
      { atMs: 1, ...empty },
      { atMs: 2, members: 1 },
      { atMs: 3, ...empty },
    ],
    atMs: 1,
    isOver: true,
  },
  {
    why: 'a reading without the group, or without its members, tells nothing',
    seen: [
      { atMs: 1, ...empty },
      { atMs: 2, isAbsent: true },
      { atMs: 3, members: 'unread', state: 'Unknown' },
    ],
    atMs: 1,
    isOver: false,
  },
])('$why', ({ seen, atMs, isOver }) => {
  const search = seen.reduce(
    (before, one) => searchStopMarker(before, snapshotOf(one), 'billing'),
    STOP_MARKER_UNKNOWN,
  );
  expect({ atMs: search.marker?.atMs ?? null, isOver: search.isOver }).toEqual({ atMs, isOver });
});

test('its offsets are those of that reading', () => {
  const search = searchStopMarker(STOP_MARKER_UNKNOWN, snapshotOf({ atMs: 2, ...empty, committed: 70 }), 'billing');
  expect(search.marker?.partitions).toEqual([
    { topic: 'orders', partition: 0, committedOffset: 70, log: { startOffset: 0, endOffset: 1_000 } },
  ]);
});
