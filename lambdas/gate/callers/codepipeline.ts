import * as z from 'zod';
import type { JobAnswer, PipelineJobs } from '../../adapters/codepipeline/pipeline-jobs.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { GateAnswer } from '../answer.ts';
import type { Gate } from '../gate.ts';
import { jsonOf, parsed, type Requests } from '../request.ts';
import { type Caller, hasKey } from './caller.ts';
import {
  failedJob,
  isTheirs,
  judgedJob,
  type PatienceToken,
  patienceToken,
  postponedJob,
  recordedJob,
  succeededJob,
} from './codepipeline-answer.ts';

/**
 * What CodePipeline sends for a Lambda invoke action. Only what we use is named: `artifactCredentials` is dropped here.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
const event = z.object({
  'CodePipeline.job': z.object({
    id: z.string().min(1),
    data: z.object({
      actionConfiguration: z.object({
        configuration: z.object({ UserParameters: z.string().optional() }),
      }),
      continuationToken: z.string().optional(),
    }),
  }),
});

const userParameters = z.looseObject({ phase: z.enum(['preflight', 'start', 'judge', 'finish']) });
/** What an action says about what happens while we fail. */
const policies = z.object({ onInconclusive: z.string().optional(), onBlind: z.string().optional() });

const USER_PARAMETERS = "the action's user parameters";

/** How long failures of ours are waited out before the action is answered: longer than AWS's usual bad moments. */
const PATIENCE_MS = 10 * 60_000;

export interface CodePipelineParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly jobs: PipelineJobs;
  readonly clock: Clock;
  readonly warn: (message: string, error: unknown) => void;
}

interface Job {
  readonly id: string;
  readonly parameters: string;
  readonly token: PatienceToken;
}

/**
 * The Lambda invoke action. It is invoked asynchronously and answers by a call of its own, one for each job: a thrown
 * error would only bring the same job again.
 */
export const codePipelineCaller = (parts: CodePipelineParts): Caller => ({
  name: 'codepipeline',
  isMine: (input) => hasKey(input, 'CodePipeline.job'),
  async answer(input) {
    const { id, data } = parsed(event, input)['CodePipeline.job'];
    const parameters = data.actionConfiguration.configuration.UserParameters ?? '{}';
    const job: Job = { id, parameters, token: patienceToken(data.continuationToken, parts.clock.nowMs()) };
    try {
      await parts.jobs.answer(await answerFor(parts, job));
    } catch (error) {
      parts.warn('a job of CodePipeline could not be answered as asked', error);
      await parts.jobs.answer(answerToFailure(job, error, parts.clock.nowMs()));
    }
  },
});

async function answerFor(parts: CodePipelineParts, { id, parameters, token }: Job): Promise<JobAnswer> {
  const { gate, requests } = parts;
  const { phase, ...rest } = parsed(userParameters, jsonOf(parameters, USER_PARAMETERS));
  switch (phase) {
    case 'preflight':
      return preflightJob(id, await gate.preflight(requests.preflight(rest)));
    case 'start':
      return recordedJob(id, await started(parts, id, rest));
    case 'judge':
      return judgedJob(id, await judged(parts, id, rest), token);
    case 'finish':
      return recordedJob(id, await gate.finish(requests.named(rest)));
  }
}

async function started({ gate, requests, jobs }: CodePipelineParts, id: string, rest: object): Promise<GateAnswer> {
  const { pipeline, ...wish } = requests.start(rest);
  if (pipeline === null) throw new SluicegateError('EVENT_INVALID', 'pipeline: name it, or a rollback is not known');
  const isRollback = await jobs.isRollback({ pipeline, executionId: wish.executionId });
  const askedBy = { caller: 'codepipeline', name: pipeline };
  return gate.start({ ...wish, askedBy, requestId: id, isRollback });
}

/** What a recovery does not look at, but every release has. */
const RECOVERY = { strategy: 'rolling', canary: { client: '' }, onInconclusive: 'promote' };

/** A rollback runs its stage again under an execution of its own, and the start may have stood in an earlier stage. */
async function judged(parts: CodePipelineParts, id: string, rest: object): Promise<GateAnswer> {
  const { pipeline, ...execution } = parts.requests.named(rest);
  try {
    return await parts.gate.judge(execution);
  } catch (error) {
    const isUnknown = error instanceof SluicegateError && error.code === 'RELEASE_UNKNOWN';
    if (!isUnknown || pipeline === undefined) throw error;
    if (!(await parts.jobs.isRollback({ pipeline, executionId: execution.executionId }))) throw error;
    await started(parts, id, { ...RECOVERY, ...rest });
    return parts.gate.judge(execution);
  }
}

function preflightJob(jobId: string, { isReady, problems }: Awaited<ReturnType<Gate['preflight']>>): JobAnswer {
  if (isReady) return { call: 'PutJobSuccessResult', input: { jobId } };
  return failedJob(jobId, new SluicegateError('RELEASE_REFUSED', problems.map(({ sentence }) => sentence).join('; ')));
}

/** A failure of ours is no decision: it is waited out, and then the policy that the action was given answers. */
function answerToFailure({ id, parameters, token }: Job, error: unknown, nowMs: number): JobAnswer {
  if (isTheirs(error)) return failedJob(id, error);
  if (nowMs - (token.failingSinceMs ?? nowMs) < PATIENCE_MS) return postponedJob(id, token, nowMs);
  const { phase, ...rest } = parsed(userParameters, jsonOf(parameters, USER_PARAMETERS));
  const { onInconclusive, onBlind = onInconclusive } = parsed(policies, rest);
  if (phase !== 'judge' || onBlind !== 'promote') return failedJob(id, error);
  const summary = `INCONCLUSIVE: the gate could not judge (${(error as Error).message})`;
  return succeededJob(id, { decision: 'INCONCLUSIVE', summary });
}
