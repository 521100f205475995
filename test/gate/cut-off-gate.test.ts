import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable, type Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import { type Gate, openGate } from '../../lambdas/gate/gate.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { cutOffTable } from '../builders/cut-off-table.ts';
import { aGateWorld, aStartWish, type GateWorld } from '../builders/gate-world.ts';
import { aReleaseStory } from '../builders/release-story.ts';

// Some hundred requests of a real protocol, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const story = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server?.stop());

const ledgerOf = (table: Table) => (clock: Clock) =>
  dynamoReleaseLedger({ table, clock, retentionMs: 365 * 86_400_000 });

let tables = 0;
async function aWorld(): Promise<{ readonly world: GateWorld; readonly table: Table }> {
  tables += 1;
  const location = { tableName: `cut-off-${tables}`, endpoint: server.endpoint };
  await createTable(location);
  const table = openTable(location);
  return { world: await aGateWorld(story, ledgerOf(table)), table };
}

/** What an invocation answers whose process is gone after so many steps of its requests; `gone`: nothing. */
async function cutOff<Answer>(
  { world, table }: Awaited<ReturnType<typeof aWorld>>,
  survives: number,
  invoked: (gate: Gate) => Promise<Answer>,
): Promise<Answer | 'gone'> {
  const { table: mortal, gone } = cutOffTable(table, survives);
  const gate = openGate({
    ledger: ledgerOf(mortal)(world.clock),
    history: world.history,
    freshReading: { take: ({ slotMs }) => world.takeAt(slotMs) },
    settings: DEFAULT_GATE_SETTINGS,
    clock: world.clock,
    warn: () => {},
  });
  return Promise.race([invoked(gate), gone]);
}

/** Cut off at its first step, at its second, and so on, until one answers. */
async function atEachStep(invocation: (survives: number) => Promise<'gone' | 'answered'>): Promise<number> {
  let survives = 0;
  while ((await invocation(survives)) === 'gone') survives += 1;
  return survives;
}

const openIds = async ({ ledger }: GateWorld) => (await ledger.readOpen('prod')).map(({ release }) => release.id);

test('a start that is cut off anywhere is asked again, and is one release', async () => {
  const steps = await atEachStep(async (survives) => {
    const at = await aWorld();
    const answer = await cutOff(at, survives, (gate) => gate.start(aStartWish()));
    const { releaseId, attempt } = await at.world.gate.start(aStartWish());
    expect(attempt).toBe(1);
    expect(await openIds(at.world)).toEqual([releaseId]);
    const { entries } = await at.world.ledger.list({ cluster: 'prod', limit: 9 });
    expect(entries.map(({ release }) => release.id)).toEqual([releaseId]);
    return answer === 'gone' ? 'gone' : 'answered';
  });
  expect(steps).toBeGreaterThan(8);
});

test('a start that is cut off anywhere and never asked again keeps no other out once its release could not be', async () => {
  await atEachStep(async (survives) => {
    const at = await aWorld();
    const answer = await cutOff(at, survives, (gate) => gate.start(aStartWish()));
    const before = await openIds(at.world);
    await at.world.until(3);
    const another = () => at.world.gate.start(aStartWish({ executionId: 'e-2' }));
    if (before.length === 1) {
      await expect(another()).rejects.toMatchObject({ code: 'RELEASE_REFUSED' });
    } else {
      const { releaseId } = await another();
      expect(await openIds(at.world)).toEqual([releaseId]);
    }
    return answer === 'gone' ? 'gone' : 'answered';
  });
});

test('a judgement that is cut off anywhere is made again, is the same, and gives the group free', async () => {
  const steps = await atEachStep(async (survives) => {
    const at = await aWorld();
    const { releaseId } = await at.world.gate.start(aStartWish());
    await at.world.until(12);
    const answer = await cutOff(at, survives, (gate) => gate.judge({ releaseId }));
    expect(await at.world.gate.judge({ releaseId })).toMatchObject({ decision: 'ROLLBACK', releaseId });
    expect((await at.world.ledger.read(releaseId))?.decisions).toHaveLength(1);
    expect(await openIds(at.world)).toEqual([]);
    expect(await at.world.gate.start(aStartWish({ executionId: 'e-2' }))).toMatchObject({ decision: 'CONTINUE' });
    return answer === 'gone' ? 'gone' : 'answered';
  });
  expect(steps).toBeGreaterThan(4);
});
