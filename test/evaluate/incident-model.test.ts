import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from '../builders/snapshots.ts';
import { expectSound, incidentCommands, onceEach, twoWorlds } from './incident-commands.ts';

const MINUTE_MS = 60_000;

/**
 * Whatever is observed, wherever the process dies, however often it is invoked: each opening has one end, no reminder is
 * early, no two openings follow each other, and what is told in the end is what an undisturbed service tells.
 */
test('no crash, repeat or outage loses a notice, tells one under two ids, or breaks an incident in two', async () => {
  await fc.assert(
    fc.asyncProperty(incidentCommands, async (commands) => {
      const worlds = twoWorlds();
      const model = { minute: 0, isDown: false };
      await fc.asyncModelRun(() => ({ model, real: worlds }), commands);

      worlds.notifier.isDown = false;
      const { disturbed, undisturbed } = worlds;
      // All is well for an hour: whatever is open has to end.
      for (const minute of [1, 30, 60]) {
        const atMs = T0_MS + (model.minute + minute) * MINUTE_MS;
        const groups = new Map(['a', 'b'].map((group) => [group, aGroup()]));
        const snapshot = aSnapshot({ atMs, groups, topics: new Map([['orders', [aLog(107)]]]) });
        for (const { history, evaluation } of [disturbed, undisturbed]) {
          await history.append({ slotMs: atMs, snapshot });
          await evaluateCluster({ ...evaluation, warmRuns: new Map() }, { cluster: 'prod', unread: null });
        }
      }
      expectSound(disturbed.sent);
      const told = onceEach(disturbed.sent);
      expect(told.map(({ id }) => id).toSorted()).toEqual(undisturbed.sent.map(({ id }) => id).toSorted());
      const ends = told.filter(({ transition }) => transition === 'recovered' || transition === 'expired');
      const openings = told.filter(({ transition }) => transition === 'opened');
      expect(ends.map(({ incidentId }) => incidentId).toSorted()).toEqual(
        openings.map(({ incidentId }) => incidentId).toSorted(),
      );
    }),
    { numRuns: 100 },
  );
});
