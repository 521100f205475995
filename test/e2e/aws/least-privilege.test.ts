import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithRealPartsAndSns, sharedBroker } from '../../setup/real-parts.ts';
import { type Deployment, deploy } from './deployment.ts';
import { missingRights, unusedRights } from './rights.ts';
import { type AwsServices, startAwsServices } from './services.ts';
import { startWorkload, type Workload } from './workload.ts';

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 300_000;
const CLUSTER = 'prod';
const TOKEN = 'token-of-the-test';
const PIPELINE = 'billing';

/** What a role needs without its function calling it, and why. */
const NOT_CALLED = new Set([
  // Lambda writes the log, delivers the destination, and sends what failed in every retry.
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'lambda:InvokeFunction of snapshot',
  'sqs:SendMessage of slack',
]);

const topic = `invoices-${randomUUID()}`;
const group = `billing-${randomUUID()}`;

describeWithRealPartsAndSns('the rights of the functions', () => {
  let services: AwsServices;
  let stand: Server;
  let workload: Workload;
  let deployment: Deployment;

  beforeAll(async () => {
    services = await startAwsServices((line) => console.info(line));
    stand = createServer((request, response) => {
      answerAs(request).then(({ status, body }) => response.writeHead(status).end(body));
    });
    await once(stand.listen(0, '127.0.0.1'), 'listening');
    const { port } = stand.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}`;
    const webhook = { secretArn: await services.createSecret(`${at}/slack`) };
    deployment = await deploy(
      {
        // Its rules count readings; the default ones want minutes to pass.
        ruleset: 'burrow',
        clusters: [{ name: CLUSTER, brokers: [sharedBroker()], groups: { allow: [group] } }],
        notices: { eventBus: 'default', slack: { webhook } },
      },
      services,
      {
        context: { pipelines: PIPELINE },
        environment: { AWS_ENDPOINT_URL_LAMBDA: at, AWS_ENDPOINT_URL_CODEPIPELINE: at },
        secret: TOKEN,
      },
    );
    workload = await startWorkload(sharedBroker(), { topic, group });
  });
  afterAll(async () => {
    await workload?.stop();
    await deployment?.stop();
    stand?.close();
    await services?.stop();
  });

  /** Lambda, CodePipeline and Slack, as far as the functions ask them. */
  async function answerAs(request: IncomingMessage): Promise<{ readonly status: number; readonly body: string }> {
    const body = await text(request);
    const invoked = /^\/2015-03-31\/functions\/(\w+)\/invocations$/.exec(request.url ?? '')?.[1];
    if (invoked !== undefined) {
      const { payload } = await deployment.invoke(invoked, JSON.parse(body));
      return { status: 200, body: JSON.stringify(payload) };
    }
    const execution = { pipelineExecution: { executionType: 'STANDARD' } };
    return { status: 200, body: JSON.stringify(execution) };
  }

  let slotMs = Math.floor(Date.now() / MINUTE_MS - 180) * MINUTE_MS;
  async function read(): Promise<void> {
    slotMs += MINUTE_MS;
    await workload.produce();
    await deployment.fireSchedule(CLUSTER, slotMs);
    await delay(1_000);
  }

  const ofGate = (event: object) => deployment.invoke('gate', event);
  const job = (id: string, parameters: object) => ({
    'CodePipeline.job': {
      id,
      accountId: '123456789012',
      data: { actionConfiguration: { configuration: { UserParameters: JSON.stringify(parameters) } } },
    },
  });

  test('are what they call, nothing less and nothing more', { timeout: TIMEOUT_MS }, async () => {
    // A day in short: a consumer works, is killed, is told of, and comes back.
    workload.startConsumer();
    for (let reading = 0; reading < 18; reading += 1) await read();
    const execution = { group, executionId: 'build-1', pipeline: PIPELINE };
    const canary = { strategy: 'canary', canary: { client: 'no-such-version' }, onInconclusive: 'manual' };
    expect(await ofGate(job('1', { phase: 'start', ...execution, ...canary }))).toMatchObject({ kind: 'succeeded' });
    // While a release is open, the ledger is read.
    await read();
    await ofGate(job('2', { phase: 'judge', ...execution }));
    await ofGate(job('3', { phase: 'finish', ...execution }));
    await ofGate(job('4', { phase: 'no such phase' }));
    await workload.killConsumer();
    while ((await deployment.noticesOf(CLUSTER)).length === 0) await read();
    const [told] = await deployment.noticesOf(CLUSTER);
    await deployment.invoke('slack', { Records: [{ Sns: { Message: JSON.stringify(told?.notice) } }] });
    // Two at once: the second finds no warm process, and reads back what the first had in memory.
    await Promise.all([read(), read()]);
    for (const path of ['/', '/api/clusters', '/api/groups']) {
      await deployment.invoke('api', {
        rawPath: path,
        rawQueryString: `cluster=${CLUSTER}`,
        headers: { authorization: `Bearer ${TOKEN}` },
        requestContext: { http: { method: 'GET' } },
      });
    }
    const rights = { calls: deployment.calls(), grants: deployment.grants, isNamed: deployment.isNamed };
    expect(missingRights(rights)).toEqual([]);
    expect(unusedRights(rights, NOT_CALLED)).toEqual([]);
  });
});
