import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleInto } from '../../../infra/function-bundles.ts';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { openTable } from '../../../lambdas/adapters/dynamodb/table.ts';
import { CONFIG_FILE, ENV } from '../../../lambdas/contract.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { aCodePipelineEvent, CREDENTIAL } from '../../builders/codepipeline-event.ts';
import {
  type CodePipelineService,
  type JobResult,
  startCodePipelineService,
} from '../../builders/codepipeline-service.ts';
import { aReleaseStory, type Story } from '../../builders/release-story.ts';
import { T0_MS } from '../../builders/snapshots.ts';
import { type LambdaFunction, lambdaFunction } from '../../lambda-runtime/lambda-function.ts';

/** A minute of a story, and of the gate's settings, takes a second here. */
const TIMES_FASTER = 60;
const POLL_MS = 500;
const clock = { nowMs: () => Date.now() };

describe('a pipeline of CodePipeline and the function as it is deployed', { timeout: 120_000 }, () => {
  let dynamo: StoreServer;
  let service: CodePipelineService;
  let folder: string;
  let takeReading: (slotMs: number) => Promise<void> = async () => {};
  const stopping = new AbortController();

  beforeAll(async () => {
    dynamo = await startDynalite();
    service = await startCodePipelineService({
      executionTypeOf: (executionId) => (executionId.startsWith('back') ? 'ROLLBACK' : 'STANDARD'),
      invokeSnapshot: async (event) => {
        await takeReading(Date.parse((event as { slot: string }).slot));
        return { outcome: 'stored' };
      },
    });
    folder = await mkdtemp(join(tmpdir(), 'sluicegate-gate-'));
    bundleInto('gate', folder);
    const config = {
      timesFaster: TIMES_FASTER,
      clusters: [{ name: 'prod', brokers: ['kafka:9092'], sampleInterval: '1s' }],
    };
    await writeFile(join(folder, CONFIG_FILE), JSON.stringify(config));
  });
  afterAll(async () => {
    stopping.abort();
    await Promise.all([dynamo?.stop(), service?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** A story that happens now, minute by second, behind a gate of its own. */
  async function aPipeline(story: Story) {
    const location = { tableName: `gate-${randomUUID()}`, endpoint: dynamo.endpoint };
    await createTable(location);
    const history = dynamoHistoryStore({ table: openTable(location), clock, retentionMs: 86_400_000 });
    const startMs = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
    const atOf = (storyMs: number) => startMs + (storyMs - T0_MS) / TIMES_FASTER;
    const scenes = story.snapshots.map((snapshot) => ({ ...snapshot, atMs: atOf(snapshot.atMs) }));
    for (const snapshot of scenes.filter(({ atMs }) => atMs <= startMs)) {
      await history.append({ slotMs: snapshot.atMs, snapshot });
    }
    takeReading = async (slotMs) => {
      const now = scenes.findLast(({ atMs }) => atMs <= slotMs);
      if (now !== undefined) await history.append({ slotMs, snapshot: { ...now, atMs: slotMs } });
    };
    const gate = lambdaFunction({
      name: 'gate',
      arn: 'arn:aws:lambda:eu-west-1:123456789012:function:gate',
      code: folder,
      handler: 'index.handler',
      timeoutMs: 59_000,
      memoryMb: 512,
      environment: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL: service.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
        [ENV.table]: location.tableName,
        [ENV.snapshotFunctions]: JSON.stringify({ snapshot: ['prod'] }),
      },
    });
    const goOn = async () => {
      for (const snapshot of scenes.filter(({ atMs }) => atMs > startMs)) {
        await delay(Math.max(0, snapshot.atMs - Date.now()), undefined, { signal: stopping.signal });
        await history.append({ slotMs: snapshot.atMs, snapshot });
      }
    };
    await delay(Math.max(0, startMs - Date.now()));
    goOn().catch(() => {});
    return gate;
  }

  /** An action as CodePipeline runs it: a job for each call, and the next call for each continuation token. */
  async function run(gate: LambdaFunction, parameters: object): Promise<{ result: JobResult; calls: number }> {
    let continuationToken: string | undefined;
    for (let calls = 1; ; calls += 1) {
      const id = randomUUID();
      const answered = service.jobResult(id);
      const invocation = await gate.invoke(aCodePipelineEvent({ id, parameters, continuationToken }));
      expect(invocation).toEqual({ kind: 'succeeded', payload: null });
      const result = await answered;
      if (result.continuationToken === undefined) return { result, calls };
      continuationToken = result.continuationToken;
      await delay(POLL_MS);
    }
  }

  const release = (executionId: string) => ({ group: 'billing', pipeline: 'billing-consumer', executionId });
  const start = (executionId: string) => ({
    phase: 'start',
    ...release(executionId),
    strategy: 'canary',
    canary: { client: '^new' },
    deadline: '30s',
    onInconclusive: 'rollback',
  });
  const judge = (executionId: string) => ({ phase: 'judge', ...release(executionId) });

  test('a good release is promoted, by continuations', async () => {
    const gate = await aPipeline(aReleaseStory());
    try {
      const { result: started } = await run(gate, start('x-1'));
      const { result, calls } = await run(gate, judge('x-1'));
      expect(result).toMatchObject({
        executionDetails: { percentComplete: 100 },
        outputVariables: { decision: 'PROMOTE', releaseId: started.outputVariables?.['releaseId'] },
      });
      expect(calls).toBeGreaterThan(5);
      expect(gate.coldStarts()).toBe(1);
    } finally {
      await gate.stop();
    }
  });

  test('a bad one fails the action; its rollback is watched and succeeds; nothing of a credential is logged', async () => {
    const story = aReleaseStory({}, (frame) => {
      // The new version hangs on its first partition, until the old one is back.
      if (frame.minute >= 2 && frame.minute < 9) frame.committed[0] = 1_000_000;
    });
    const gate = await aPipeline(story);
    try {
      await run(gate, start('x-1'));
      const { result } = await run(gate, judge('x-1'));
      expect(result).toMatchObject({
        failureDetails: { type: 'JobFailed', message: expect.stringMatching(/^ROLLBACK: orders-0 has not moved/) },
      });
      expect((await run(gate, start('back-1'))).result.outputVariables).toHaveProperty('releaseId');
      const { result: back } = await run(gate, judge('back-1'));
      expect(back.outputVariables).toMatchObject({ decision: 'PROMOTE' });
      expect(back.executionDetails?.summary).toMatch(/stable/);
      expect(gate.logLines().length).toBeGreaterThan(3);
      expect(gate.logLines().join('\n')).not.toContain(CREDENTIAL);
    } finally {
      await gate.stop();
    }
  });
});
