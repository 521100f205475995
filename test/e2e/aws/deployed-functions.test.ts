import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import type { Transition } from '../../../lambdas/core/incident/notice.ts';
import { freePorts } from '../../../local/free-ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../local/kafka-cluster.ts';
import { USERS } from '../../../local/kafka-properties.ts';
import { lambdaFunction } from '../../lambda-runtime/lambda-function.ts';
import type { Firing } from '../../lambda-runtime/running-stack.ts';
import { describeWithRealPartsAndSns, sharedBroker } from '../../setup/real-parts.ts';
import { type Deployment, deploy, type Told } from './deployment.ts';
import { type AwsServices, startAwsServices } from './services.ts';
import { startWorkload, type Workload } from './workload.ts';

const MINUTE_MS = 60_000;
/** Slots are a minute apart, readings a second: the rules count readings, and nobody waits for minutes. */
const READ_EVERY_MS = 1_000;
const READINGS_AT_MOST = 60;
const TIMEOUT_MS = 240_000;

const topic = `orders-${randomUUID()}`;
const group = `billing-${randomUUID()}`;
const user = USERS['scram-sha-512'];

interface Watched {
  readonly cluster: string;
  readonly read: (cluster: string) => Promise<unknown>;
  readonly workload: Workload;
}

describeWithRealPartsAndSns('the functions as they are deployed', () => {
  let oldKafka: KafkaCluster;
  let services: AwsServices;
  let secretArn: string;
  let deployment: Deployment;

  beforeAll(async () => {
    const progress = (line: string) => console.info(line);
    const listeners = ['SASL_PLAINTEXT'] as const;
    [services, oldKafka] = await Promise.all([
      startAwsServices(progress),
      startKafkaCluster({ release: '3.9.2', listeners, progress }),
    ]);
    secretArn = await services.createSecret(JSON.stringify({ ...user, password: 'of last year' }));
    const [closedPort] = await freePorts(1);
    const silentPort = await startSilentServer();
    const groups = { allow: [group] };
    deployment = await deploy(
      {
        // Its rules count readings; the default ones want minutes to pass.
        ruleset: 'burrow',
        clusters: [
          { name: 'kafka-4.3', brokers: [sharedBroker()], groups },
          {
            name: 'kafka-3.9',
            brokers: [...oldKafka.brokersOf('SASL_PLAINTEXT')],
            authentication: { mechanism: 'scram', credentials: { secretArn } },
            groups,
          },
          { name: 'dark', brokers: [`127.0.0.1:${closedPort}`] },
          { name: 'silent', brokers: [`127.0.0.1:${silentPort}`] },
        ],
      },
      services,
    );
  });
  afterAll(async () => {
    await deployment?.stop();
    await Promise.all([services?.stop(), oldKafka?.stop()]);
    silentServer.close();
  });

  /** Takes connections and never says a word. */
  const silentServer = createServer();
  async function startSilentServer(): Promise<number> {
    await once(silentServer.listen(0, '127.0.0.1'), 'listening');
    return (silentServer.address() as AddressInfo).port;
  }

  /** Slots of the last hours: one after the other for each cluster, as its schedule would give them. */
  const firstSlotMs = Math.floor(Date.now() / MINUTE_MS - 180) * MINUTE_MS;
  const slots = new Map<string, number>();
  const nextSlotMs = (cluster: string): number => {
    const slotMs = (slots.get(cluster) ?? firstSlotMs) + MINUTE_MS;
    slots.set(cluster, slotMs);
    return slotMs;
  };
  const readNext = (cluster: string): Promise<Firing> => deployment.fireSchedule(cluster, nextSlotMs(cluster));

  /** Reads on, with traffic, until a notice of that kind has come to the queue. */
  async function readUntilTold({ cluster, read, workload }: Watched, transition: Transition): Promise<Told> {
    for (let reading = 0; reading < READINGS_AT_MOST; reading += 1) {
      await workload.produce();
      await read(cluster);
      const told = (await deployment.noticesOf(cluster)).find(({ notice }) => notice.transition === transition);
      if (told !== undefined) return told;
      await delay(READ_EVERY_MS);
    }
    throw new Error(`no notice "${transition}" of ${cluster} in ${READINGS_AT_MOST} readings`);
  }

  test('a changed password costs one refused log-in, not a deployment', async () => {
    expect(await readNext('kafka-3.9')).toMatchObject({
      scheduled: { kind: 'failed', payload: { errorMessage: expect.stringContaining('refuses to log us in') } },
      destination: { kind: 'succeeded', payload: { cluster: 'kafka-3.9', samples: 0 } },
    });
    await services.changeSecret(secretArn, JSON.stringify(user));
    expect(await readNext('kafka-3.9')).toMatchObject({
      scheduled: { kind: 'succeeded', payload: { outcome: 'stored', failures: 0 } },
      destination: { kind: 'succeeded', payload: { samples: 1 } },
    });
    expect(deployment.snapshot.coldStarts()).toBe(1);
  });

  test('a cluster that can’t be read is handed over with the reason, and is not counted as judged', async () => {
    const { scheduled, destination } = await readNext('dark');
    expect(scheduled).toMatchObject({
      kind: 'failed',
      payload: { errorMessage: expect.stringContaining('127.0.0.1') },
    });
    expect(destination).toMatchObject({ kind: 'succeeded', payload: { cluster: 'dark', samples: 0 } });
    const lines = () => deployment.evaluate.logLines().map((line) => JSON.parse(line));
    const why = expect.stringContaining('ECONNREFUSED');
    await expect
      .poll(lines)
      .toContainEqual(expect.objectContaining({ message: 'snapshot failed', cluster: 'dark', why }));
    await expect.poll(lines).toContainEqual(expect.objectContaining({ cluster: 'dark', ReadFailures: 1 }));
  });

  test('a silent broker ends the reading, not the function: time is left to say so', async () => {
    const snapshot = lambdaFunction({ ...deployment.snapshot.spec, timeoutMs: 8_000 });
    onTestFinished(() => snapshot.stop());
    const event = { cluster: 'silent', slot: '2026-01-01T00:00:00Z' };
    expect(await snapshot.invoke(event)).toMatchObject({ kind: 'failed', payload: { errorType: 'SluicegateError' } });
    expect(await snapshot.invoke(event)).toMatchObject({ kind: 'failed', payload: { errorType: 'SluicegateError' } });
    expect(snapshot.coldStarts()).toBe(1);
  });

  /** One slot as its schedule may deliver it at worst: twice at once, and once more when all is done. */
  async function readThrice(cluster: string): Promise<void> {
    const slotMs = nextSlotMs(cluster);
    const fire = () => deployment.fireSchedule(cluster, slotMs);
    const firings = [...(await Promise.all([fire(), fire()])), await fire()];
    expect(outcomesOf(firings)).toEqual(['alreadyStored', 'alreadyStored', 'stored']);
    expect(judgedBy(firings)).toBe(1);
  }

  test.each([
    { cluster: 'kafka-4.3', broker: () => sharedBroker(), how: 'once a slot', read: readNext },
    { cluster: 'kafka-3.9', broker: () => oldKafka.brokers[0] ?? '', how: 'thrice a slot', read: readThrice },
  ])('on $cluster, read $how, a killed consumer is told, and its return, each once', { timeout: TIMEOUT_MS }, async ({
    cluster,
    broker,
    read,
  }) => {
    const workload = await startWorkload(broker(), { topic, group });
    onTestFinished(() => workload.stop());
    workload.startConsumer();
    for (let reading = 0; reading < 5; reading += 1) {
      await workload.produce();
      await read(cluster);
      await delay(READ_EVERY_MS);
    }
    expect(await deployment.noticesOf(cluster)).toEqual([]);

    const watched = { cluster, read, workload };
    await workload.killConsumer();
    const { subject, notice } = await readUntilTold(watched, 'opened');
    expect(subject).toContain('STOPPED');
    expect(notice).toMatchObject({
      cluster,
      group,
      status: 'ERR',
      kind: 'STOPPED',
      partitions: [{ topic, partition: 0 }],
    });

    workload.startConsumer();
    expect((await readUntilTold(watched, 'recovered')).notice.incidentId).toBe(notice.incidentId);
    const told = (await deployment.noticesOf(cluster)).map(({ notice: { id } }) => id);
    // Two at once may both send what the other has not yet ticked off; the id then tells the repeat.
    expect(new Set(told).size).toBe(2);
  });

  test('a slot that was taken changes nothing, be it invoked again, at once or hours late', async () => {
    const cluster = 'kafka-4.3';
    const { slotMs } = await settled(cluster);
    const [table, notices] = [await deployment.tableContent(), await deployment.noticesOf(cluster)];
    const again = await deployment.fireSchedule(cluster, slotMs);
    const atOnce = await Promise.all([1, 2, 3].map(() => deployment.fireSchedule(cluster, slotMs)));
    const late = await deployment.fireSchedule(cluster, firstSlotMs + MINUTE_MS);
    const firings = [again, ...atOnce, late];
    expect(outcomesOf(firings)).toEqual(Array(5).fill('alreadyStored'));
    expect(judgedBy(firings)).toBe(0);
    expect(await deployment.tableContent()).toEqual(table);
    expect(await deployment.noticesOf(cluster)).toEqual(notices);
  });

  test('a slot that was missed and comes late is kept, and judges nothing anew', async () => {
    const cluster = 'kafka-4.3';
    const missedMs = nextSlotMs(cluster);
    await settled(cluster);
    const notices = await deployment.noticesOf(cluster);
    const late = await deployment.fireSchedule(cluster, missedMs);
    expect(outcomesOf([late])).toEqual(['stored']);
    expect(judgedBy([late])).toBe(0);
    expect(await deployment.noticesOf(cluster)).toEqual(notices);
  });

  test('no function has logged a password, in plain or encoded', async () => {
    const lines = deployment.logLines();
    expect(lines.filter((line) => line.includes('"message":"snapshot"')).length).toBeGreaterThan(3);
    for (const secret of [user.password, 'of last year']) {
      for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]) {
        expect(lines.filter((line) => line.includes(form))).toEqual([]);
      }
    }
  });

  /** The newest slot, taken and judged. */
  async function settled(cluster: string): Promise<{ slotMs: number }> {
    const slotMs = nextSlotMs(cluster);
    expect(judgedBy([await deployment.fireSchedule(cluster, slotMs)])).toBe(1);
    return { slotMs };
  }
});

const outcome = z.object({
  scheduled: z.object({ payload: z.object({ outcome: z.string() }) }),
  destination: z.object({ payload: z.object({ samples: z.number() }) }),
});

/** What became of each snapshot, sorted. */
const outcomesOf = (firings: readonly Firing[]): readonly string[] =>
  firings.map((firing) => outcome.parse(firing).scheduled.payload.outcome).toSorted();

/** How many samples the evaluations judged in all. */
const judgedBy = (firings: readonly Firing[]): number =>
  firings.reduce((sum, firing) => sum + outcome.parse(firing).destination.payload.samples, 0);
