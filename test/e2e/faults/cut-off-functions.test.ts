import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleInto } from '../../../infra/function-bundles.ts';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { openTable } from '../../../lambdas/adapters/dynamodb/table.ts';
import type { ConfigInput } from '../../../lambdas/config/config.ts';
import { CONFIG_FILE, ENV } from '../../../lambdas/contract.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { commitOffsets } from '../../builders/committed-offsets.ts';
import { type FaultyService, startFaultyService } from '../../builders/faulty-service.ts';
import { fillTopics } from '../../builders/kafka-data.ts';
import { EMPTY, MINUTE_MS, minutesOf } from '../../builders/one-partition.ts';
import { aLog } from '../../builders/snapshots.ts';
import { type SnsStub, startSnsStub } from '../../builders/sns-stub.ts';
import { type LambdaFunction, lambdaFunction } from '../../lambda-runtime/lambda-function.ts';
import { describeWithRealParts, sharedBroker } from '../../setup/real-parts.ts';

const CLUSTER = 'prod';
const TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:notices';
const CUT_OFF_MS = 1_200;
const clock = { nowMs: () => Date.now() };
/** Samples of the last hour: the functions go by the real clock. */
const firstSlotMs = (Math.floor(Date.now() / MINUTE_MS) - 40) * MINUTE_MS;

const group = `billing-${randomUUID()}`;
const topic = `orders-${randomUUID()}`;

describeWithRealParts('real bundles behind the Runtime API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluicegate-cut-off-'));
  let store: StoreServer;
  let faulty: FaultyService;
  let sns: SnsStub;
  let faultySns: FaultyService;

  beforeAll(async () => {
    [store, sns] = await Promise.all([startDynalite(), startSnsStub()]);
    faulty = await startFaultyService('dynamodb', store.endpoint);
    faultySns = await startFaultyService('sns', sns.endpoint);
    const config: ConfigInput = {
      ruleset: 'burrow',
      clusters: [{ name: CLUSTER, brokers: [sharedBroker()], groups: { allow: [group] } }],
    };
    for (const name of ['snapshot', 'evaluate'] as const) {
      mkdirSync(join(folder, name));
      bundleInto(name, join(folder, name));
      writeFileSync(join(folder, name, CONFIG_FILE), JSON.stringify(config));
    }
    await fillTopics([sharedBroker()], { [topic]: [3] });
    await commitOffsets(sharedBroker(), [{ group, offsets: { [topic]: [2] } }]);
  });
  afterAll(async () => {
    await Promise.all([faulty?.stop(), faultySns?.stop()]);
    await Promise.all([store?.stop(), sns?.stop()]);
    rmSync(folder, { recursive: true });
  });

  /** An empty table, and functions on it that are cut off after so long, or have so little memory. */
  async function aPlace() {
    const location = { tableName: `lag-${randomUUID()}`, endpoint: store.endpoint };
    await createTable(location);
    const history = dynamoHistoryStore({ table: openTable(location), clock, retentionMs: 86_400_000 });
    const aFunction = (name: 'snapshot' | 'evaluate', limits: { timeoutMs?: number; memoryMb?: number } = {}) => {
      const one = lambdaFunction({
        name,
        arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
        code: join(folder, name),
        handler: 'index.handler',
        // The emulator keeps tables apart by region and credentials.
        environment: {
          AWS_REGION: 'local',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_ENDPOINT_URL_DYNAMODB: faulty.endpoint,
          AWS_ENDPOINT_URL_SNS: faultySns.endpoint,
          POWERTOOLS_SERVICE_NAME: name,
          [ENV.table]: location.tableName,
          [ENV.topicArns]: TOPIC_ARN,
        },
        timeoutMs: 20_000,
        memoryMb: 512,
        ...limits,
      });
      onTestFinished(() => one.stop());
      return one;
    };
    const kept = () => Array.fromAsync(history.read({ cluster: CLUSTER, afterSlotMs: Number.NEGATIVE_INFINITY }));
    return { history, aFunction, kept };
  }

  /** The nth request from now on, and those after it, never get an answer. */
  const silentFrom = (service: FaultyService, nth: number): void => {
    const first = service.requests() + nth;
    service.failWhere((request) => (request >= first ? 'silent' : null));
  };
  const heal = (): void => {
    for (const service of [faulty, faultySns]) service.failWhere(() => null);
  };

  const timedOut = { kind: 'failed', payload: { errorType: 'Sandbox.Timedout' } };

  describe('snapshot', () => {
    const read = (one: LambdaFunction, slotMs: number) =>
      one.invoke({ cluster: CLUSTER, slot: new Date(slotMs).toISOString() });

    test.each([
      { stage: 'looking for the sample before', request: 1, kept: 0 },
      { stage: 'writing frames', request: 2, kept: 0 },
      { stage: 'writing the header that makes the sample exist', request: 3, kept: 0 },
      { stage: 'looking for open releases, when the sample is stored', request: 4, kept: 1 },
    ])('cut off while $stage: nothing half-written, and the next slot is read', async ({ request, kept }) => {
      const place = await aPlace();
      const snapshot = place.aFunction('snapshot', { timeoutMs: CUT_OFF_MS + 1_000 });
      silentFrom(faulty, request);
      expect(await read(snapshot, firstSlotMs)).toMatchObject(timedOut);
      heal();
      expect(await place.kept()).toHaveLength(kept);
      expect(await read(snapshot, firstSlotMs + MINUTE_MS)).toMatchObject({
        kind: 'succeeded',
        payload: { outcome: 'stored', groups: 1, failures: 0 },
      });
      const samples = await place.kept();
      expect(samples).toHaveLength(kept + 1);
      for (const { snapshot: one } of samples) {
        expect(one.groups.get(group)?.committed).toEqual(new Map([[topic, [2]]]));
      }
    });
  });

  describe('evaluate', () => {
    const minutes = minutesOf(16, (minute) => ({ end: 100 + 10 * minute, committed: 100, group: EMPTY }));
    const record = {
      requestContext: { condition: 'Success' },
      requestPayload: { cluster: CLUSTER, slot: new Date(firstSlotMs).toISOString() },
      responsePayload: {},
    };

    async function withSamples(samples: readonly ClusterSnapshot[]) {
      const place = await aPlace();
      for (const [minute, one] of samples.entries()) {
        const slotMs = firstSlotMs + minute * MINUTE_MS;
        await place.history.append({ slotMs, snapshot: { ...one, atMs: slotMs } });
      }
      const from = sns.notices.length;
      return {
        ...place,
        told: () => sns.notices.slice(from).map(({ group: of, kind, transition }) => `${of} ${kind} ${transition}`),
      };
    }

    test('cut off at one request after the other, of the store and of SNS: all is judged and told in the end', async () => {
      const { aFunction, told } = await withSamples(minutes);
      const short = aFunction('evaluate', { timeoutMs: CUT_OFF_MS });
      for (const request of [1, 3, 5, 7, 9, 12]) {
        silentFrom(faulty, request);
        expect(await short.invoke(record)).toMatchObject(timedOut);
      }
      heal();
      silentFrom(faultySns, 1);
      expect(await short.invoke(record)).toMatchObject(timedOut);
      expect(told()).toEqual([]);
      heal();
      const whole = aFunction('evaluate');
      expect(await whole.invoke(record)).toMatchObject({ kind: 'succeeded', payload: { outcome: 'evaluated' } });
      expect(told()).toEqual(['billing STOPPED opened']);
      expect(await whole.invoke(record)).toMatchObject({ payload: { samples: 0, noticesSent: 0, noticesWaiting: 0 } });
    });

    test('out of memory: its process dies, and the next one, with enough of it, judges and tells all', async () => {
      const { aFunction, told } = await withSamples(minutes.slice(4).map(inALargeCluster));
      const small = aFunction('evaluate', { memoryMb: 40, timeoutMs: 50_000 });
      expect(await small.invoke(record)).toMatchObject({ kind: 'failed', payload: { errorType: 'Runtime.ExitError' } });
      const before = told();
      expect(await aFunction('evaluate').invoke(record)).toMatchObject({ kind: 'succeeded' });
      expect(new Set([...before, ...told()])).toEqual(new Set(['billing STOPPED opened']));
    });
  });
});

/** The same beside many groups that are fine. */
function inALargeCluster(snapshot: ClusterSnapshot): ClusterSnapshot {
  const others = Array.from({ length: 400 }, (_, nth) => `idle-${nth}`);
  const partitions = Array.from({ length: 50 }, (_, partition) => 1_000 + partition);
  const billing = snapshot.groups.get('billing');
  if (billing === undefined) throw new Error('no billing');
  return {
    ...snapshot,
    topics: new Map([...snapshot.topics, ...others.map((name) => [name, partitions.map((end) => aLog(end))] as const)]),
    groups: new Map([
      ...snapshot.groups,
      ...others.map((name) => [name, { ...billing, committed: new Map([[name, partitions]]) }] as const),
    ]),
  };
}
