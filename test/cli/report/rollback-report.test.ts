import { expect, test } from 'vitest';
import { needsSomebody, rollbackLines } from '../../../cli/report/rollback-report.ts';
import { rollBackRelease } from '../../../lambdas/restore/roll-back-release.ts';
import { anAttempt, anEntry } from '../../builders/ledger-entry.ts';
import { aRollbackWorld, billingAt } from '../../builders/rollback-world.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

const log = { startOffset: 0, endOffset: 100 };
const entry = anEntry({
  attempt: anAttempt({
    start: {
      atMs: T0_MS,
      partitions: [
        { topic: 'orders', partition: 0, committedOffset: 90, log },
        { topic: 'orders', partition: 1, committedOffset: 40, log },
        { topic: 'orders', partition: 2, committedOffset: null, log },
      ],
    },
  }),
});

const looking = (committed: number[], part: Parameters<typeof aGroup>[0] = {}) =>
  aSnapshot({
    atMs: T0_MS + 600_000,
    topics: new Map([['orders', [aLog(2_000), aLog(100, { logStartOffset: 50 }), aLog(100)]]]),
    groups: new Map([['billing', aGroup({ state: 'Empty', committed: new Map([['orders', committed]]), ...part })]]),
  });

async function reported(world: Parameters<typeof aRollbackWorld>[0], execute: boolean) {
  const { dependencies } = await aRollbackWorld({ entry, ...world });
  const askedBy = { caller: 'cli', name: 'jo' };
  const rollback = await rollBackRelease(dependencies, { releaseId: entry.release.id, execute, askedBy });
  return { lines: rollbackLines(rollback, false), exit: needsSomebody(rollback) };
}

test('a plan shows every partition, what it does not undo, and how to go on', async () => {
  const { lines, exit } = await reported({ looks: [looking([1_500, 60, 7])] }, false);
  expect(lines).toEqual([
    `Release ${entry.release.id}: group "billing" in prod, back to its marker of 10 min ago`,
    '',
    'TOPIC   PARTITION   NOW  BACK-TO  RE-READ  DELETED  WHAT',
    'orders          0  1500       90     1410        0  goes back',
    'orders          1    60       50       10       10  goes back',
    'orders          2     7        -        -        -  stays: nothing was committed then',
    '',
    'Not undone:',
    '  1,420 messages will be handled a second time: what the new version did with them stays done',
    '  retention has deleted 10 messages after the marker: nobody can read them again',
    '  orders/2: nothing was committed at the marker, so the commit made since stays; the old version goes on from there',
    '',
    'Nothing was changed: 2 partitions of group "billing" would go back, with 1,420 messages to be read again; "rollback apply --execute" does it.',
  ]);
  expect(exit).toBe(false);
});

test('a plan that cannot be applied says what stands in the way, and is a problem', async () => {
  const { lines, exit } = await reported(
    { looks: [looking([1_500, 60, 7], { state: 'Stable', members: null })] },
    false,
  );
  expect(lines).toContain('In the way:');
  expect(lines.at(-1)).not.toContain('--execute');
  expect(exit).toBe(true);
});

test('what was done is shown by partition', async () => {
  const { lines, exit } = await reported({ looks: [looking([1_500, 60, 7]), looking([90, 50, 7])] }, true);
  expect(lines.filter((line) => line.endsWith('went back'))).toHaveLength(2);
  expect(lines.at(-1)).toContain('read back, every offset is there');
  expect(exit).toBe(false);
});

test('a partition that did not go back is a problem, with its reason in its row', async () => {
  const { lines, exit } = await reported(
    {
      looks: [looking([1_500, 60, 7]), looking([90, 60, 7])],
      commit: async (offsets) =>
        offsets.map((offset) => ({ ...offset, error: offset.partition === 1 ? 'TOPIC_AUTHORIZATION_FAILED' : null })),
    },
    true,
  );
  expect(lines).toContain('orders          1    60       50       10       10  TOPIC_AUTHORIZATION_FAILED');
  expect(exit).toBe(true);
});

test('names with control characters do not reach the terminal', async () => {
  const hostile = { ...entry, release: { ...entry.release, id: 'r\u001b[2J' } };
  const { dependencies } = await aRollbackWorld({ entry: hostile, looks: [billingAt(150)] });
  const askedBy = { caller: 'cli', name: 'jo' };
  const rollback = await rollBackRelease(dependencies, { releaseId: hostile.release.id, execute: false, askedBy });
  expect(rollbackLines(rollback, false).join('\n')).not.toContain('\u001b');
});
