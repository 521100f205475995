import {
  GetPipelineExecutionCommand,
  InvalidJobStateException,
  JobNotFoundException,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { describe, expect, test } from 'vitest';
import { aPipeline, start, tokenOf } from '../../builders/codepipeline-actions.ts';
import { aCodePipelineEvent } from '../../builders/codepipeline-event.ts';
import { T0_MS } from '../../builders/snapshots.ts';

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
