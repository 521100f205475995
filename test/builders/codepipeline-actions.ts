import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  type PipelineExecution,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'vitest';
import { pipelineJobs } from '../../lambdas/adapters/codepipeline/pipeline-jobs.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import { codePipelineCaller } from '../../lambdas/gate/callers/codepipeline.ts';
import { gateHandler } from '../../lambdas/gate/gate-handler.ts';
import { requestsFor } from '../../lambdas/gate/request.ts';
import { aCodePipelineEvent } from './codepipeline-event.ts';
import { aGateWorld } from './gate-world.ts';
import { aReleaseStory, type Story } from './release-story.ts';

export const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 59_000 };

export const healthy = aReleaseStory();
export const stalled = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

export const execution = { group: 'billing', pipeline: 'billing-consumer', executionId: 'x-1' };
export const wish = { ...execution, strategy: 'canary', canary: { client: '^new' }, onInconclusive: 'rollback' };
export const start = { phase: 'start', ...wish };
export const judge = { phase: 'judge', ...execution };

type Call = readonly ['PutJobSuccessResult' | 'PutJobFailureResult', object];

/** The function behind a pipeline's actions, and what it told CodePipeline. */
export async function aPipeline(story: Story = healthy) {
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

export const tokenOf = ([call]: readonly Call[]): string =>
  (call?.[1] as { continuationToken?: string } | undefined)?.continuationToken ?? '';
