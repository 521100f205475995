import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../../../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../../lambdas/adapters/dynamodb/table.ts';
import { memoryNotifier } from '../../../lambdas/adapters/memory/notifier.ts';
import { noMetrics } from '../../../lambdas/adapters/metrics/no-metrics.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import type { Sample } from '../../../lambdas/core/ports/history-store.ts';
import { evaluateCluster } from '../../../lambdas/evaluate/evaluate-cluster.ts';
import { evaluateHandler } from '../../../lambdas/evaluate/evaluate-handler.ts';
import { snapshotHandler } from '../../../lambdas/snapshot/snapshot-handler.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import { invokeSlot } from '../../../local/invoke.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { anEvaluationWorld } from '../../builders/evaluation-world.ts';
import {
  type FaultyDynamoDb,
  STORE_FAULTS,
  type StoreFault,
  startFaultyDynamoDb,
} from '../../builders/faulty-dynamodb.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { SCRIPT, scriptedRuleset } from '../../builders/scripted-ruleset.ts';
import { aGroup, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

const MINUTE_MS = 60_000;
const CLUSTER = 'prod';
/** A day in which nothing is told of readings that failed: those are the store's doing here. */
const settings = eagerSettings({ unreadableAfterMs: 86_400_000 });

let store: StoreServer;
let faulty: FaultyDynamoDb;
beforeAll(async () => {
  store = await startDynalite();
  faulty = await startFaultyDynamoDb(store.endpoint);
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
  readonly fault: StoreFault;
}

const anyOutages: fc.Arbitrary<Outage[]> = fc.array(
  fc.record({
    after: fc.nat({ max: 25 }),
    lasts: fc.integer({ min: 1, max: 8 }),
    fault: fc.constantFrom(...STORE_FAULTS),
  }),
  { minLength: 1, maxLength: 4 },
);
const anyScript = fc.array(fc.constantFrom(...Object.values(SCRIPT)), { minLength: 4, maxLength: 8 });

describe('a store that throttles, fails, refuses, or takes the write and loses the answer', () => {
  test('costs at most samples: none is wrong, and each thing is told as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(anyScript, anyOutages, fc.boolean(), async (script, outages, isWarm) => {
        const minutes = [...script, SCRIPT.fine].map((committed, minute) => minuteOf(committed, minute));
        const service = await aService(minutes);
        failDuring(outages);
        for (const { slotMs } of minutes.slice(0, -1)) await service.run(slotMs, { isWarm }).catch(() => {});
        faulty.failWhere(() => null);
        await service.run(minutes.at(-1)?.slotMs ?? 0, { isWarm });

        const kept = await service.kept();
        for (const { slotMs, snapshot } of kept) expect(snapshot).toEqual(minutes[minuteNumber(slotMs)]?.snapshot);
        const undisturbed = await toldOf(kept);
        expect(new Set(service.sent.map(({ id }) => id))).toEqual(new Set(undisturbed.map(({ id }) => id)));
        expect(await service.newestStatuses()).toEqual([['billing', 'OK']]);
      }),
      { numRuns: 10 },
    );
  });

  test('fails with its name, what to do, and no endless repeats', async () => {
    const service = await aService([minuteOf(SCRIPT.fine, 0)]);
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

const minuteNumber = (slotMs: number): number => (slotMs - T0_MS) / MINUTE_MS;

const minuteOf = (committed: number, minute: number): Sample => {
  const slotMs = T0_MS + minute * MINUTE_MS;
  const group = aGroup({ committed: new Map([['script', [committed]]]) });
  return { slotMs, snapshot: aSnapshot({ atMs: slotMs, groups: new Map([['billing', group]]) }) };
};

/** The real functions over a table of their own behind the faults. A cold run forgets all that a process remembers. */
async function aService(minutes: readonly Sample[]) {
  const location = { tableName: `lag-${randomUUID()}`, endpoint: store.endpoint };
  await createTable(location);
  const notifier = memoryNotifier();
  let nowMs = T0_MS;
  const clock = { nowMs: () => nowMs };
  const functionsOf = (endpoint: string) => {
    const table = openTable({ ...location, endpoint });
    const history = dynamoHistoryStore({ table, clock, retentionMs: 365 * 86_400_000 });
    const evaluations = dynamoEvaluationStore({ table, history, clock });
    const read = async (): Promise<ClusterSnapshot> => minutes[minuteNumber(nowMs)]?.snapshot ?? aSnapshot();
    const cost = { requests: 0, sentBytes: 0, receivedBytes: 0, cpuMs: 0, wallMs: 0 };
    const reader = { read: async () => ({ snapshot: await read(), cost }), close: async () => {} };
    const releases = dynamoReleaseLedger({ table, clock, retentionMs: 365 * 86_400_000 });
    const sampleIntervalMsOf = () => 60_000;
    const closer = { ledger: releases, clock, sampleIntervalMsOf, gridMs: 60_000 };
    const snapshot = snapshotHandler({ readerOf: async () => reader, history, ...closer });
    const evaluate = evaluateHandler({
      history,
      evaluations,
      incidents: dynamoIncidentStore({ table, clock }),
      mutes: dynamoMuteStore({ table, clock }),
      releases,
      notifiers: [notifier],
      rulesetOf: () => scriptedRuleset,
      sampleIntervalMsOf,
      settings,
      metrics: noMetrics,
      warmRuns: new Map(),
    });
    return { snapshot, evaluate, history, evaluations };
  };
  let process = functionsOf(faulty.endpoint);
  const calm = functionsOf(store.endpoint);
  return {
    sent: notifier.sent,
    async run(slotMs: number, { isWarm }: { readonly isWarm: boolean }) {
      nowMs = slotMs;
      if (!isWarm) process = functionsOf(faulty.endpoint);
      await invokeSlot(process, { cluster: CLUSTER, slotMs, timeoutMs: 60_000 });
    },
    kept: () => Array.fromAsync(calm.history.read({ cluster: CLUSTER, afterSlotMs: Number.NEGATIVE_INFINITY })),
    newestStatuses: async () =>
      (await calm.evaluations.readVerdicts(CLUSTER))?.verdicts.map(({ group, status }) => [group, status]),
  };
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

/** What the same samples lead to where nothing ever fails. */
async function toldOf(samples: readonly Sample[]) {
  const { evaluation, history, sent } = anEvaluationWorld(settings);
  for (const sample of samples) {
    await history.append(sample);
    await evaluateCluster(evaluation, { cluster: CLUSTER, unread: null });
  }
  return sent;
}
