import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  InvalidJobStateException,
  JobNotFoundException,
  type PipelineExecution,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test, vi } from 'vitest';
import { pipelineJobs } from '../../../lambdas/adapters/codepipeline/pipeline-jobs.ts';
import { DEFAULT_GATE_SETTINGS } from '../../../lambdas/core/gate/settings.ts';
import { codePipelineCaller } from '../../../lambdas/gate/callers/codepipeline.ts';
import { gateHandler } from '../../../lambdas/gate/gate-handler.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { aCodePipelineEvent, CREDENTIAL } from '../../builders/codepipeline-event.ts';
import { aGateWorld } from '../../builders/gate-world.ts';
import { aReleaseStory, type Story } from '../../builders/release-story.ts';
import { T0_MS } from '../../builders/snapshots.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 59_000 };

const healthy = aReleaseStory();
const stalled = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

const execution = { group: 'billing', pipeline: 'billing-consumer', executionId: 'x-1' };
const wish = { ...execution, strategy: 'canary', canary: { client: '^new' }, onInconclusive: 'rollback' };
const start = { phase: 'start', ...wish };
const judge = { phase: 'judge', ...execution };

type Call = readonly ['PutJobSuccessResult' | 'PutJobFailureResult', object];

/** The function behind a pipeline's actions, and what it told CodePipeline. */
async function aPipeline(story: Story = healthy) {
  const world = await aGateWorld(story);
  const aws = mockClient(CodePipelineClient);
  const executionType = (of: Partial<PipelineExecution>) =>
    aws.on(GetPipelineExecutionCommand).resolves({ pipelineExecution: { pipelineExecutionId: 'x-1', ...of } });
  executionType({ executionType: 'STANDARD' });
  aws.on(PutJobSuccessResultCommand).resolves({});
  aws.on(PutJobFailureResultCommand).resolves({});
  const jobs = pipelineJobs(new CodePipelineClient({ region: 'eu-west-1' }));
  const handler = gateHandler({
    ...world,
    freshReading: { take: ({ slotMs }) => world.takeAt(slotMs) },
    settings: DEFAULT_GATE_SETTINGS,
    callersOf: (gate, warn) => [
      codePipelineCaller({ gate, requests: requestsFor(['prod']), jobs, clock: world.clock, warn }),
    ],
  });
  /** What one job was answered with: all of it. */
  async function answered(event: object): Promise<readonly Call[]> {
    const before = aws.calls().length;
    expect(await handler(event, context)).toBeUndefined();
    return aws
      .calls()
      .slice(before)
      .flatMap(({ args: [command] }): Call[] => {
        if (command instanceof PutJobSuccessResultCommand) return [['PutJobSuccessResult', command.input]];
        if (command instanceof PutJobFailureResultCommand) return [['PutJobFailureResult', command.input]];
        return [];
      });
  }
  let jobsSoFar = 0;
  /** A job of its own for each call, as CodePipeline makes it. */
  const act = (parameters: object | string, continuationToken?: string) =>
    answered(aCodePipelineEvent({ id: `job-${++jobsSoFar}`, parameters, continuationToken }));
  return { world, aws, handler, answered, act, executionType };
}

const tokenOf = ([call]: readonly Call[]): string =>
  (call?.[1] as { continuationToken?: string } | undefined)?.continuationToken ?? '';

describe('the start action', () => {
  test('succeeds with the id of the release, and asks what kind of execution it is in', async () => {
    const { world, act, aws } = await aPipeline();
    const answer = await act(start);
    const { release, attempt } = (await world.ledger.readOpen('prod'))[0] ?? {};
    expect(answer).toEqual([
      [
        'PutJobSuccessResult',
        {
          jobId: 'job-1',
          executionDetails: { summary: `release ${release?.id}, attempt 1`, externalExecutionId: release?.id },
          outputVariables: { releaseId: release?.id },
        },
      ],
    ]);
    expect(attempt).toMatchObject({
      executionId: 'x-1',
      requestId: 'job-1',
      askedBy: { caller: 'codepipeline', name: 'billing-consumer' },
    });
    expect(aws.commandCalls(GetPipelineExecutionCommand)[0]?.args[0].input).toEqual({
      pipelineName: 'billing-consumer',
      pipelineExecutionId: 'x-1',
    });
  });

  test('a repeat of the same event starts nothing, and CodePipeline may say that it was answered', async () => {
    const { world, aws, answered } = await aPipeline();
    const event = aCodePipelineEvent({ parameters: start });
    const first = await answered(event);
    const answeredAlready = new InvalidJobStateException({ $metadata: {}, message: 'answered' });
    aws.on(PutJobSuccessResultCommand).rejects(answeredAlready);
    expect(await answered(event)).toEqual(first);
    expect((await world.ledger.list({ cluster: 'prod', limit: 9 })).entries).toHaveLength(1);
    aws.on(PutJobSuccessResultCommand).rejects(new JobNotFoundException({ $metadata: {}, message: 'gone' }));
    expect(await answered(event)).toEqual(first);
  });

  test.each([
    { why: 'no parameters', parameters: undefined, says: 'phase' },
    { why: 'parameters that are no JSON', parameters: '{', says: 'not JSON' },
    { why: 'no pipeline', parameters: { ...start, pipeline: undefined }, says: 'pipeline' },
    { why: 'no policy', parameters: { ...start, onInconclusive: undefined }, says: 'onInconclusive' },
    { why: 'a mistyped key', parameters: { ...start, group_id: 'x' }, says: 'group_id' },
  ])('with $why it fails as a mistake of the configuration', async ({ parameters, says }) => {
    const { answered } = await aPipeline();
    expect(await answered(aCodePipelineEvent({ id: 'job-1', parameters }))).toEqual([
      [
        'PutJobFailureResult',
        { jobId: 'job-1', failureDetails: { type: 'ConfigurationError', message: expect.stringContaining(says) } },
      ],
    ]);
  });

  test('fails while another execution has a release open', async () => {
    const { act } = await aPipeline();
    await act(start);
    expect(await act({ ...start, executionId: 'x-2' })).toEqual([
      [
        'PutJobFailureResult',
        { jobId: 'job-2', failureDetails: { type: 'JobFailed', message: expect.stringContaining('is open') } },
      ],
    ]);
  });

  test('a reading that fails is waited out, for ten minutes', async () => {
    const { world, act } = await aPipeline();
    world.fail('freshReading');
    const first = await act(start);
    expect(first).toEqual([
      [
        'PutJobSuccessResult',
        {
          jobId: 'job-1',
          continuationToken: JSON.stringify({ v: 1, t0: T0_MS, failing: T0_MS }),
          executionDetails: { summary: 'the gate could not be asked; it is asked again' },
        },
      ],
    ]);
    world.silentUntil(9);
    const second = await act(start, tokenOf(first));
    expect(tokenOf(second)).toBe(tokenOf(first));
    world.silentUntil(10);
    expect(await act(start, tokenOf(second))).toEqual([
      [
        'PutJobFailureResult',
        { jobId: 'job-3', failureDetails: { type: 'SystemUnavailable', message: 'freshReading fails' } },
      ],
    ]);
    world.fail(null);
    expect((await act(start, tokenOf(second)))[0]?.[0]).toBe('PutJobSuccessResult');
  });
});

describe('the judging action', () => {
  test('goes on with a token while there is no decision', async () => {
    const { world, act } = await aPipeline();
    await act(start);
    const { release } = (await world.ledger.readOpen('prod'))[0] ?? {};
    await world.until(3);
    const first = await act(judge);
    const token = JSON.stringify({ v: 1, release: release?.id, t0: T0_MS + 180_000 });
    expect(first).toEqual([
      [
        'PutJobSuccessResult',
        {
          jobId: 'job-2',
          continuationToken: token,
          executionDetails: {
            summary: expect.stringMatching(/^CONTINUE: in place for 120 s of 540 s/),
            externalExecutionId: release?.id,
            percentComplete: 9,
          },
        },
      ],
    ]);
    await world.until(6);
    expect(tokenOf(await act(judge, token))).toBe(token);
  });

  test('PROMOTE succeeds, with variables for the actions after it', async () => {
    const { world, act } = await aPipeline();
    await act(start);
    const id = (await world.ledger.readOpen('prod'))[0]?.release.id;
    await world.until(31);
    const summary = expect.stringMatching(/^PROMOTE: /);
    expect(await act(judge)).toEqual([
      [
        'PutJobSuccessResult',
        {
          jobId: 'job-2',
          executionDetails: { summary, externalExecutionId: id, percentComplete: 100 },
          outputVariables: { decision: 'PROMOTE', reason: summary, releaseId: id },
        },
      ],
    ]);
  });

  test('ROLLBACK fails the job, and again when the same job comes twice or is retried', async () => {
    const { world, act, answered } = await aPipeline(stalled);
    await act(start);
    const id = (await world.ledger.readOpen('prod'))[0]?.release.id;
    await world.until(12);
    const event = aCodePipelineEvent({ id: 'job-9', parameters: judge });
    const first = await answered(event);
    const message = expect.stringMatching(/^ROLLBACK: orders-0 has not moved/);
    expect(first).toEqual([
      [
        'PutJobFailureResult',
        { jobId: 'job-9', failureDetails: { type: 'JobFailed', message, externalExecutionId: id } },
      ],
    ]);
    expect(await answered(event)).toEqual(first);
    await world.until(20);
    expect((await act(judge))[0]?.[0]).toBe('PutJobFailureResult');
  });

  test('a failure of ours is waited out; it decides nothing', async () => {
    const { world, act } = await aPipeline(stalled);
    await act(start);
    await world.until(12);
    world.fail('history');
    const first = await act(judge);
    expect(first).toMatchObject([
      ['PutJobSuccessResult', { executionDetails: { summary: /NOT_JUDGED|could not judge/ } }],
    ]);
    world.fail(null);
    expect((await act(judge, tokenOf(first)))[0]?.[0]).toBe('PutJobFailureResult');
  });

  test('while not even the ledger answers, the action waits, and then its policy answers', async () => {
    for (const [onBlind, call, details] of [
      ['rollback', 'PutJobFailureResult', { failureDetails: { type: 'SystemUnavailable', message: 'no ledger' } }],
      ['promote', 'PutJobSuccessResult', { outputVariables: { decision: 'INCONCLUSIVE' } }],
    ] as const) {
      const { world, act } = await aPipeline();
      await act(start);
      vi.spyOn(world.ledger, 'read').mockRejectedValue(new Error('no ledger'));
      const first = await act({ ...judge, onBlind });
      expect(first).toMatchObject([['PutJobSuccessResult', { continuationToken: tokenOf(first) }]]);
      world.silentUntil(10);
      expect(await act({ ...judge, onBlind }, tokenOf(first))).toMatchObject([[call, details]]);
    }
  });

  test('a token that is not ours, or none after a long time, begins the patience anew', async () => {
    const { world, act } = await aPipeline();
    await act(start);
    await world.until(3);
    for (const token of ['', 'x', '{"v":2}', JSON.stringify({ v: 1, t0: 'yesterday' })]) {
      expect(JSON.parse(tokenOf(await act(judge, token)))).toMatchObject({ v: 1, t0: T0_MS + 180_000 });
    }
  });

  test('without a start before it, it fails as a mistake of the configuration', async () => {
    const { act } = await aPipeline();
    expect(await act(judge)).toMatchObject([
      ['PutJobFailureResult', { failureDetails: { type: 'ConfigurationError' } }],
    ]);
  });

  test('an answer that could not be delivered is delivered by the next try', async () => {
    const { world, aws, handler, act } = await aPipeline(stalled);
    await act(start);
    await world.until(12);
    aws.on(PutJobFailureResultCommand).rejects(new Error('throttled'));
    aws.on(PutJobSuccessResultCommand).rejects(new Error('throttled'));
    const event = aCodePipelineEvent({ id: 'job-9', parameters: judge });
    await expect(handler(event, context)).rejects.toThrow('throttled');
    aws.on(PutJobFailureResultCommand).resolves({});
    expect((await act(judge))[0]?.[0]).toBe('PutJobFailureResult');
  });
});

describe('a rollback execution', () => {
  const back = { ...execution, executionId: 'x-2' };

  test.each([
    { why: 'with its start in the stage', actions: [{ ...start, ...back }] },
    { why: 'with the judging action alone', actions: [] },
  ])('$why watches the recovery and never fails', async ({ actions }) => {
    const { world, act, executionType } = await aPipeline(stalled);
    await act(start);
    await world.until(12);
    expect((await act(judge))[0]?.[0]).toBe('PutJobFailureResult');
    executionType({ executionType: 'ROLLBACK', rollbackMetadata: { rollbackTargetPipelineExecutionId: 'x-0' } });
    for (const action of actions) expect((await act(action))[0]?.[0]).toBe('PutJobSuccessResult');
    expect(tokenOf(await act({ ...judge, ...back }))).not.toBe('');
    await world.until(16);
    // The stalled partition falls further behind for ever in this story.
    const during = await act({ ...judge, ...back });
    expect(tokenOf(during)).not.toBe('');
    world.silentUntil(60);
    expect(await act({ ...judge, ...back })).toMatchObject([
      ['PutJobSuccessResult', { outputVariables: { decision: 'PROMOTE', reason: expect.stringContaining('behind') } }],
    ]);
    const [entry] = (await world.ledger.list({ cluster: 'prod', limit: 9 })).entries;
    expect(entry).toMatchObject({ attempt: { number: 2, mode: 'recovery', executionId: 'x-2' }, state: 'finished' });
  });
});

test('no credential of an event reaches a log line, whatever goes wrong', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.join(' ')));
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  }
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  try {
    const { act, handler, world } = await aPipeline();
    await act(start);
    await act('{');
    world.fail('history');
    await act(judge);
    const { 'CodePipeline.job': job } = aCodePipelineEvent({ parameters: judge });
    const { id: _, ...nameless } = job;
    await handler({ 'CodePipeline.job': nameless }, context).catch(() => {});
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
  expect(lines.join('\n')).toContain('could not be judged');
  expect(lines.join('\n')).not.toContain(CREDENTIAL);
});
