import { PutJobFailureResultCommand, PutJobSuccessResultCommand } from '@aws-sdk/client-codepipeline';
import { describe, expect, test, vi } from 'vitest';
import { aPipeline, context, judge, stalled, start, tokenOf } from '../../builders/codepipeline-actions.ts';
import { aCodePipelineEvent } from '../../builders/codepipeline-event.ts';
import { T0_MS } from '../../builders/snapshots.ts';

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
