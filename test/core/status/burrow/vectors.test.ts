import { expect, test } from 'vitest';
import { type CommitRing, withCommit } from '../../../../lambdas/core/status/burrow/commit-ring.ts';
import type { BurrowGroup } from '../../../../lambdas/core/status/burrow/group.ts';
import {
  addCommit,
  addLogEnd,
  type BurrowMemory,
  deleteTopic,
  emptyMemory,
  readGroup,
} from '../../../../lambdas/core/status/burrow/memory.ts';
import { judgePartition } from '../../../../lambdas/core/status/burrow/partition.ts';
import { BURROW_DEFAULTS } from '../../../../lambdas/core/status/burrow/settings.ts';
import {
  type CommitWindow,
  commitsStopped,
  firstRewindIndex,
  lagNeverFell,
  lagWasGone,
  offsetsStalled,
  reachedEndRecently,
  rewindRecovered,
} from '../../../../lambdas/core/status/burrow/window-rules.ts';
import {
  type Operation,
  PARTITION_VECTORS,
  type PartitionVector,
  RING_VECTORS,
  STORAGE_VECTORS,
} from '../../../fixtures/burrow/vectors.ts';

test('all 58 vectors are here', () => {
  expect([PARTITION_VECTORS.length, RING_VECTORS.length, STORAGE_VECTORS.length]).toEqual([46, 8, 4]);
});

test.each(PARTITION_VECTORS)('window $name: $expected.status', (vector) => {
  const { commits, settings, logEndOffsets } = windowOf(vector);
  const { status, complete, currentLag, rules } = vector.expected;
  const judged = judgePartition({ commits, logEndOffsets, nowMs: vector.now }, settings, vector.currentLag);
  const expected = {
    status,
    ...(complete === undefined ? {} : { completeRatio: complete }),
    ...(currentLag === undefined ? {} : { currentLagMessages: currentLag }),
  };
  expect(judged).toMatchObject(expected);
  if (rules) expect(predicatesOf(vector)).toMatchObject(rules);
  if (rules === null) expect(commits).toEqual([]);
});

test.each(RING_VECTORS)('commits enter the ring: $name', ({
  intervals,
  minDistance,
  brokerOffset,
  inputs,
  expected,
}) => {
  const settings = { ...BURROW_DEFAULTS, intervals, minDistanceMs: minDistance * 1_000 };
  const ring = inputs.reduce<CommitRing>(
    (before, { offset, order, timestamp }) =>
      withCommit(before, { offset, order, atMs: timestamp }, brokerOffset, settings).ring,
    [],
  );
  expect(ring).toEqual(
    expected.outputs.map(({ offset, order, timestamp, lag }) => ({ offset, order, atMs: timestamp, lagMessages: lag })),
  );
});

test.each(STORAGE_VECTORS)('storage and group verdict: $name', ({ ops, expected }) => {
  const memory = emptyMemory();
  const answers = ops.map((op, index) => applied(memory, op, nowOf(ops, index)));
  const answer = answers.at(-1) ?? null;
  expect(asBurrowSaysIt(answer)).toEqual({
    status: expected.status,
    complete: expected.complete,
    partition_count: expected.partition_count,
    totallag: expected.totallag,
  });
  if (expected.partition0 === undefined) return;
  const [[first] = []] = answer === null ? [] : [...answer.partitions.values()];
  expect({
    status: first?.status,
    complete: first?.completeRatio,
    'start.offset': first?.start?.offset,
    'end.offset': first?.end?.offset,
  }).toEqual(expected.partition0);
});

function windowOf({ offsets, brokerOffsets, allowedLag = 0, minimumComplete = 0 }: PartitionVector) {
  const commits = offsets.flatMap((entry, index) =>
    entry === null
      ? []
      : [{ offset: entry.offset, order: entry.order ?? index, atMs: entry.timestamp, lagMessages: entry.lag ?? null }],
  );
  const settings = {
    ...BURROW_DEFAULTS,
    intervals: offsets.length,
    allowedLagMessages: allowedLag,
    minimumCompleteRatio: minimumComplete,
  };
  return { commits, settings, logEndOffsets: brokerOffsets };
}

/** Every predicate's answer, under Burrow's names. */
function predicatesOf(vector: PartitionVector) {
  const { commits, settings, logEndOffsets } = windowOf(vector);
  const window: CommitWindow = {
    commits,
    completeRatio: 1,
    logEndOffsets,
    currentLagMessages: 0,
    nowMs: Math.floor(vector.now / 1_000) * 1_000,
    ...settings,
  };
  const rewind = firstRewindIndex(commits);
  return {
    isLagAlwaysNotZero: !lagWasGone(window),
    checkIfOffsetsRewind: rewind,
    checkIfRewindRecovered: rewind !== -1 && rewindRecovered(commits, rewind),
    checkIfOffsetsStopped: commitsStopped(window),
    checkIfRecentLagZero: reachedEndRecently(window),
    checkIfOffsetsStalled: offsetsStalled(window),
    checkIfLagNotDecreasing: lagNeverFell(window),
  };
}

function applied(memory: BurrowMemory, op: Operation, nowMs: number): BurrowGroup | null {
  const settings = BURROW_DEFAULTS;
  switch (op.op) {
    case 'broker':
      addLogEnd(memory, op, { logEndOffset: op.offset, atMs: op.timestamp }, settings);
      return null;
    case 'commit':
      addCommit(memory, { ...op, nowMs }, { offset: op.offset, order: op.order, atMs: op.timestamp }, settings);
      return null;
    case 'deleteTopic':
      deleteTopic(memory, op.topic);
      return null;
    case 'eval':
      return readGroup(memory, op.group, op.at, settings);
  }
}

/** A commit arrives when it is made. */
function nowOf(ops: readonly Operation[], index: number): number {
  const op = ops[index];
  return op !== undefined && 'timestamp' in op ? op.timestamp : 0;
}

/** A group that is not found is complete, and has nothing. */
function asBurrowSaysIt(group: BurrowGroup | null) {
  return {
    status: group?.status ?? 'NOTFOUND',
    complete: group?.completeRatio ?? 1,
    partition_count: group?.partitionCount ?? 0,
    totallag: group?.totalLagMessages ?? 0,
  };
}
