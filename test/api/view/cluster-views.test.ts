import { expect, test } from 'vitest';
import { clusterViews } from '../../../lambdas/api/view/cluster-views.ts';
import { WINDOW_SAMPLES } from '../../../lambdas/api/view/window.ts';
import { aBillingSnapshot, anApiWorld } from '../../builders/api-world.ts';

const MINUTE_MS = 60_000;

/** A world whose stores count what is read of them. */
async function countedWorld() {
  const world = anApiWorld();
  const reads = { positions: 0, verdicts: 0, samples: 0 };
  const { evaluations, history } = world.sources;
  const views = clusterViews({
    ...world.sources,
    evaluations: {
      ...evaluations,
      readPosition: (cluster) => {
        reads.positions += 1;
        return evaluations.readPosition(cluster);
      },
      readVerdicts: (cluster) => {
        reads.verdicts += 1;
        return evaluations.readVerdicts(cluster);
      },
    },
    history: {
      ...history,
      async *read(range) {
        for await (const sample of history.read(range)) {
          reads.samples += 1;
          yield sample;
        }
      },
    },
  });
  for (let minute = 0; minute < 40; minute++) await world.sample(aBillingSnapshot(minute));
  return { world, reads, read: () => views.read('prod', MINUTE_MS) };
}

test('nothing is read twice of a sample, however often is asked', async () => {
  const { world, reads, read } = await countedWorld();
  await Promise.all([read(), read(), read()]);
  expect(reads).toEqual({ positions: 1, verdicts: 1, samples: WINDOW_SAMPLES });
  for (let ask = 0; ask < 500; ask++) await read();
  expect(reads.positions).toBe(1);
  world.nowMs += 30_000;
  await read();
  expect(reads).toEqual({ positions: 2, verdicts: 1, samples: WINDOW_SAMPLES });
});

test('a new sample costs one sample', async () => {
  const { world, reads, read } = await countedWorld();
  const before = await read();
  await world.sample(aBillingSnapshot(40));
  const after = await read();
  expect(reads).toEqual({ positions: 2, verdicts: 2, samples: WINDOW_SAMPLES + 1 });
  expect(after?.window).toHaveLength(WINDOW_SAMPLES);
  expect((after?.atMs ?? 0) - (before?.atMs ?? 0)).toBe(MINUTE_MS);
});

test('who asks while a new sample is read gets the view before, at once', async () => {
  const { world, read } = await countedWorld();
  const before = await read();
  await world.sample(aBillingSnapshot(40));
  const [first, second] = await Promise.all([read(), read()]);
  expect(second).toBe(before);
  expect(first?.slotMs).toBe((before?.slotMs ?? 0) + MINUTE_MS);
  expect(await read()).toBe(first);
});

test('what lies between two slots of the schedule is in the window only while it is the newest', async () => {
  const { world, read } = await countedWorld();
  const between = aBillingSnapshot(39.25);
  await world.sources.history.append({ slotMs: between.atMs - 137, snapshot: between });
  await world.sample(aBillingSnapshot(40));
  const view = await read();
  expect(view?.window.every(({ slotMs }) => slotMs % MINUTE_MS === 0)).toBe(true);
});

test('a reading that fails is tried again', async () => {
  const { world } = await countedWorld();
  let fails = true;
  const views = clusterViews({
    ...world.sources,
    incidents: {
      ...world.sources.incidents,
      readAll: async () => {
        if (fails) throw new Error('no');
        return new Map();
      },
    },
  });
  await expect(views.read('prod', MINUTE_MS)).rejects.toThrow('no');
  fails = false;
  world.nowMs += 2_000;
  expect((await views.read('prod', MINUTE_MS))?.verdicts.size).toBe(1);
});
