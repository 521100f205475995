import { describe, expect, test } from 'vitest';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { restoreHandler } from '../../lambdas/restore/restore-handler.ts';
import { anAttempt, anEntry } from '../builders/ledger-entry.ts';
import { aRollbackWorld, billingAt } from '../builders/rollback-world.ts';
import { T0_MS } from '../builders/snapshots.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };
const releaseId = anEntry().release.id;
const apply = { action: 'apply', releaseId, askedBy: 'jo' };

const unreachable = new SluicegateError('BROKER_UNREACHABLE', 'no answer');

async function asked(event: object, world: Parameters<typeof aRollbackWorld>[0] = {}) {
  const { dependencies, ledger, seen } = await aRollbackWorld(world);
  const answer = restoreHandler(dependencies)(event, context);
  const rollbacks = async () => (await ledger.read(releaseId))?.rollbacks;
  return { answer, rollbacks, seen };
}

describe('a rollback that was asked for', () => {
  test('is planned without a commit, and leaves no trace in the ledger', async () => {
    const { answer, rollbacks, seen } = await asked({ ...apply, action: 'plan' });
    expect(await answer).toMatchObject({
      outcome: 'planned',
      group: 'billing',
      rereadMessages: 60,
      obstacles: [],
      limits: [{ code: 'HANDLED_TWICE' }],
      partitions: [{ topic: 'orders', partition: 0, kind: 'reset', fromOffset: 150, toOffset: 90 }],
    });
    expect(seen).toEqual({ commits: [], closed: 1, opened: ['prod/billing'] });
    expect(await rollbacks()).toEqual([]);
  });

  test('is applied, read back, and written down with who asked', async () => {
    const { answer, rollbacks, seen } = await asked(apply);
    expect(await answer).toMatchObject({
      outcome: 'applied',
      recorded: true,
      results: [{ error: null, readBackOffset: 90, isRestored: true }],
    });
    expect(seen.commits).toEqual([[{ topic: 'orders', partition: 0, offset: 90 }]]);
    expect(await rollbacks()).toEqual([
      {
        atMs: T0_MS + 600_000,
        askedBy: { caller: 'restore', name: 'jo' },
        outcome: 'applied',
        sentence:
          '1 partition of group "billing" went back, with 60 messages to be read again; read back, every offset is there',
        partitions: [{ topic: 'orders', partition: 0, fromOffset: 150, toOffset: 90, error: null }],
      },
    ]);
  });

  test('is refused while the group has members, without a commit, and that is written down', async () => {
    const { answer, rollbacks, seen } = await asked(apply, {
      looks: [billingAt(150, { state: 'Stable', members: [] })],
    });
    expect(await answer).toMatchObject({ outcome: 'refused', obstacles: [{ kind: 'notEmpty' }], recorded: true });
    expect(seen).toMatchObject({ commits: [], closed: 1 });
    expect(await rollbacks()).toMatchObject([{ outcome: 'refused', partitions: [] }]);
  });

  test('has nothing to do when the group stands there: the same request twice changes nothing', async () => {
    const { answer, seen } = await asked(apply, { looks: [billingAt(90)] });
    expect(await answer).toMatchObject({ outcome: 'nothingToDo', resetPartitions: 0, recorded: true });
    expect(seen.commits).toEqual([]);
  });

  test('that broke off in its commit fails, and the ledger says that it may have happened', async () => {
    const { answer, rollbacks, seen } = await asked(apply, { commit: async () => Promise.reject(unreachable) });
    await expect(answer).rejects.toBe(unreachable);
    expect(await rollbacks()).toMatchObject([{ outcome: 'partly', sentence: 'it broke off: no answer' }]);
    expect(seen.closed).toBe(1);
  });

  test('that could not be looked at afterwards is told as it is', async () => {
    const { answer } = await asked(apply, { looks: [billingAt(150), unreachable] });
    expect(await answer).toMatchObject({
      outcome: 'partly',
      sentence: '1 partition of 1 did not go back: orders/0 was taken, and could not be read back',
    });
  });

  test('goes back to the last attempt that brought out a new version, not to the recovery after it', async () => {
    const recovery = anAttempt({ number: 2, mode: 'recovery', start: { atMs: T0_MS, partitions: [] } });
    const { answer } = await asked(apply, { entry: anEntry({ attempt: recovery, earlier: [anAttempt()] }) });
    expect(await answer).toMatchObject({ outcome: 'applied', resetPartitions: 1 });
  });

  test('does not lose what somebody else wrote into the ledger meanwhile', async () => {
    const { dependencies, ledger } = await aRollbackWorld({});
    const { write } = ledger;
    let writes = 0;
    const rival = {
      ...ledger,
      async write(entry: Parameters<typeof write>[0]) {
        writes += 1;
        if (writes === 1) await write({ ...entry, state: 'finished', rollbacks: [] });
        return write(entry);
      },
    };
    const answer = await restoreHandler({ ...dependencies, ledger: rival })(apply, context);
    expect(answer.recorded).toBe(true);
    expect(await ledger.read(releaseId)).toMatchObject({ state: 'finished', rollbacks: [{ outcome: 'applied' }] });
  });

  test('that happened is not hidden by a ledger that fails', async () => {
    const { dependencies, ledger } = await aRollbackWorld({});
    const failing = {
      ...ledger,
      write: () => Promise.reject(new SluicegateError('STORE_UNREACHABLE', 'no answer')),
    };
    const answer = await restoreHandler({ ...dependencies, ledger: failing })(apply, context);
    expect(answer).toMatchObject({ outcome: 'applied', recorded: false });
  });
});

describe('what is refused before anything is read', () => {
  test.each([
    { why: 'no action', event: { releaseId, askedBy: 'jo' } },
    { why: 'nobody asks', event: { action: 'apply', releaseId } },
    { why: 'a word too many', event: { ...apply, force: true } },
    { why: 'a scheduled event', event: { cluster: 'prod', slot: '2026-01-01T00:00:00Z' } },
  ])('an event with $why', async ({ event }) => {
    const { answer, seen } = await asked(event);
    await expect(answer).rejects.toMatchObject({ code: 'EVENT_INVALID' });
    expect(seen.opened).toEqual([]);
  });

  test('a release that the ledger does not have', async () => {
    const { answer, seen } = await asked({ ...apply, releaseId: 'other' });
    await expect(answer).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    expect(seen.opened).toEqual([]);
  });

  test('a release that only ever put an old version back: it has no marker from before a new one', async () => {
    const { answer } = await asked(apply, { entry: anEntry({ attempt: anAttempt({ mode: 'recovery' }) }) });
    await expect(answer).rejects.toMatchObject({ code: 'RELEASE_REFUSED' });
  });
});
