import { hash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryNotifier } from '../../../lambdas/adapters/memory/notifier.ts';
import type { Sample } from '../../../lambdas/core/ports/history-store.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { type FaultyService, type ServiceFault, startFaultyService } from '../../builders/faulty-service.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { SCRIPT } from '../../builders/scripted-ruleset.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';
import { aScriptedSample, aStoredService, readerOfSamples, toldUndisturbed } from '../../builders/stored-service.ts';

/** A day in which nothing is told of readings that failed: those are the store's doing here. */
const settings = eagerSettings({ unreadableAfterMs: 86_400_000 });

let store: StoreServer;
let faulty: FaultyService;
beforeAll(async () => {
  store = await startDynalite();
  faulty = await startFaultyService('dynamodb', store.endpoint);
});
afterAll(async () => {
  await faulty.stop();
  await store.stop();
});

/** A fault for some requests in a row; three beat the client's own repeats. */
interface Outage {
  /** How many requests pass before it. */
  readonly after: number;
  readonly lasts: number;
  readonly fault: ServiceFault;
}

const anyOutages: fc.Arbitrary<Outage[]> = fc.array(
  fc.record({
    after: fc.nat({ max: 25 }),
    lasts: fc.integer({ min: 1, max: 8 }),
    fault: fc.constantFrom('throttled', 'internalError', 'refused', 'answerLost'),
  }),
  { minLength: 1, maxLength: 4 },
);
const anyScript = fc.array(fc.constantFrom(...Object.values(SCRIPT)), { minLength: 4, maxLength: 8 });

describe('a store that throttles, fails, refuses, or takes the write and loses the answer', () => {
  test('costs at most samples: none is wrong, and each thing is told as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, anyOutages, fc.boolean(), async (script, outages, isWarm) => {
        const minutes = [...script, SCRIPT.fine].map((billing, minute) => aScriptedSample(minute, { billing }));
        const { service, sent } = await aService(minutes);
        failDuring(outages);
        for (const { slotMs } of minutes.slice(0, -1)) await service.run(slotMs, { isWarm }).catch(() => {});
        faulty.failWhere(() => null);
        await service.run(minutes.at(-1)?.slotMs ?? 0, { isWarm });

        const kept = await service.kept();
        for (const sample of kept) expect(minutes).toContainEqual(sample);
        const undisturbed = await toldUndisturbed(kept, settings);
        expect(new Set(sent.map(({ id }) => id))).toEqual(new Set(undisturbed.map(({ id }) => id)));
        expect(await service.newestStatuses()).toEqual([['billing', 'OK']]);
      }),
      { numRuns: 10 },
    );
  });

  test('fails with its name, what to do, and no endless repeats', async () => {
    const { service } = await aService([aScriptedSample(0, { billing: SCRIPT.fine })]);
    const before = faulty.requests();
    faulty.failWhere(() => 'throttled');
    await expect(service.run(T0_MS, { isWarm: false })).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      message: expect.stringContaining(
        'ProvisionedThroughputExceededException: made to fail): it is over its capacity',
      ),
    });
    faulty.failWhere(() => null);
    expect(faulty.requests() - before).toBeLessThanOrEqual(12);
  });
});

test('a group of thousands of partitions, topics and members with names of full length is kept and judged, slot after slot', async () => {
  const minutes = [0, 1, 2].map((minute) => aSampleOfLongNames(minute));
  const { service } = await aService(minutes);
  for (const { slotMs } of minutes) {
    expect((await service.run(slotMs, { isWarm: false })).evaluation).toMatchObject({
      outcome: 'evaluated',
      samples: 1,
    });
  }
  expect(await service.kept()).toEqual(minutes);
});

/** As incompressible as names can be, and more than a megabyte of them. */
function aSampleOfLongNames(minute: number): Sample {
  const nameOf = (what: string, nth: number): string =>
    [0, 1, 2]
      .map((part) => hash('sha512', `${what} ${nth} ${part}`, 'base64url'))
      .join('')
      .slice(0, 249);
  const topics = Array.from({ length: 2_500 }, (_, nth) => nameOf('topic', nth));
  const members = Array.from({ length: 2_500 }, (_, nth) =>
    aMember({
      memberId: nameOf('id', nth),
      clientId: nameOf('client', nth),
      assigned: new Map([[topics[nth] ?? '', [0]]]),
    }),
  );
  const end = 100 + minute;
  const committed = new Map<string, readonly number[]>(topics.map((topic) => [topic, [end, end]]));
  committed.set('script', [SCRIPT.fine]);
  const slotMs = T0_MS + minute * 60_000;
  return {
    slotMs,
    snapshot: aSnapshot({
      atMs: slotMs,
      topics: new Map(topics.map((topic) => [topic, [aLog(end), aLog(end)]])),
      groups: new Map([['billing', aGroup({ members, committed })]]),
    }),
  };
}

async function aService(minutes: readonly Sample[]) {
  const notifier = memoryNotifier();
  const reader = readerOfSamples(minutes);
  const at = { store: store.endpoint, through: faulty.endpoint };
  return { service: await aStoredService({ ...at, notifier, settings, reader }), sent: notifier.sent };
}

/** Each outage begins so many requests after the one before has ended. */
function failDuring(outages: readonly Outage[]): void {
  let next = faulty.requests();
  const spans = outages.map(({ after, lasts, fault }) => {
    const from = next + after;
    next = from + lasts;
    return { from, until: next, fault };
  });
  faulty.failWhere((request) => spans.find(({ from, until }) => request > from && request <= until)?.fault ?? null);
}
