import { describe, expect, test } from 'vitest';
import { aPipeline, execution, judge, stalled, start, tokenOf } from '../../builders/codepipeline-actions.ts';

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
