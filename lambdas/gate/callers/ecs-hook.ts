import * as z from 'zod';
import type { ServiceDeployments } from '../../adapters/ecs/service-deployments.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { GateAnswer } from '../answer.ts';
import type { Gate } from '../gate.ts';
import { jsonOf, parsed, type Requests } from '../request.ts';
import { PATIENCE_MS } from './ask-again.ts';
import { type Caller, hasKey } from './caller.ts';
import { isTheirs } from './codepipeline-answer.ts';
import { askAboutDeployment, ecsWish } from './ecs-deployment.ts';

const execution = z.object({
  serviceArn: z.string().min(1),
  targetServiceRevisionArn: z.string().min(1),
  productionTrafficWeights: z.record(z.string(), z.number()).default({}),
});

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html */
const event = z.object({
  lifecycleStage: z.string().min(1),
  resourceArn: z.string().min(1),
  executionDetails: execution,
  hookDetails: z.union([z.record(z.string(), z.unknown()), z.string()]).nullish(),
});

/** What we hand to ourselves from one call to the next, beside what the hook's wiring says. */
const patience = z.object({ failingSinceMs: z.number().nullish() });

/** What ECS takes. Everything else, a thrown error too, rolls the deployment back. */
export type HookAnswer =
  | { readonly hookStatus: 'SUCCEEDED' | 'FAILED' }
  | {
      readonly hookStatus: 'IN_PROGRESS';
      /** Seconds until ECS calls again. */
      readonly callBackDelay: number;
      readonly hookDetails?: object;
    };

export interface EcsHookParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly deployments: ServiceDeployments;
  readonly clock: Clock;
  readonly warn: (message: string, error: unknown) => void;
}

const RETRY_S = 30;

/** The Lambda lifecycle hook of a service: asked before the scale-up it begins the release, asked after it, it judges. */
export const ecsHookCaller = (parts: EcsHookParts): Caller => ({
  name: 'ecs-hook',
  isMine: (input) =>
    hasKey(input, 'lifecycleStage') && (hasKey(input, 'executionDetails') || hasKey(input, 'serviceArn')),
  async answer(input): Promise<HookAnswer> {
    try {
      return await answered(parts, readEvent(input));
    } catch (error) {
      // ECS logs nothing of its own about a hook that answers FAILED.
      parts.warn('a deployment of ECS could not be answered', error);
      return { hookStatus: 'FAILED' };
    }
  },
});

function readEvent(input: unknown) {
  // Older documentation shows the execution's details at the top.
  const whole = hasKey(input, 'executionDetails') ? input : { ...(input as object), executionDetails: input };
  const { hookDetails, executionDetails, resourceArn, lifecycleStage } = parsed(event, whole);
  const details = typeof hookDetails === 'string' ? jsonOf(hookDetails, 'the hook details') : (hookDetails ?? {});
  const { failingSinceMs, ...wired } = parsed(z.looseObject(patience.shape), details);
  const { serviceArn, targetServiceRevisionArn: revisionArn, productionTrafficWeights } = executionDetails;
  return {
    serviceArn,
    revisionArn,
    lifecycleStage,
    serviceDeploymentArn: resourceArn,
    wired,
    failingSinceMs: failingSinceMs ?? null,
    /** A rollback runs the hooks of traffic stages again, for the same revision. */
    isTakenBack: productionTrafficWeights[revisionArn] === 0,
  };
}

async function answered(parts: EcsHookParts, asked: ReturnType<typeof readEvent>): Promise<HookAnswer> {
  if (asked.isTakenBack) return { hookStatus: 'SUCCEEDED' };
  const { revisionArn } = asked;
  try {
    const deployment = { ...asked, caller: 'ecs-hook', revisionArn: async () => revisionArn };
    return hookAnswerOf(await askAboutDeployment(parts, deployment), asked.failingSinceMs);
  } catch (error) {
    if (isTheirs(error)) throw error;
    parts.warn('a deployment of ECS could not be judged', error);
    return answerToFailure(parts, asked);
  }
}

/** It can't wait for a human: what is still open then goes back. */
function hookAnswerOf(answer: GateAnswer | 'goOn', failingSinceMs: number | null): HookAnswer {
  if (answer === 'goOn' || answer.decision === 'PROMOTE') return { hookStatus: 'SUCCEEDED' };
  if (answer.decision !== 'CONTINUE') return { hookStatus: 'FAILED' };
  const waiting = { hookStatus: 'IN_PROGRESS', callBackDelay: answer.retryAfterSeconds ?? RETRY_S } as const;
  // ECS keeps what it was handed until it is handed something else.
  return failingSinceMs === null ? waiting : { ...waiting, hookDetails: { failingSinceMs: null } };
}

/** A failure of ours is no decision: it is waited out, and then the policy that the hook was given answers. */
function answerToFailure(
  { requests, clock }: EcsHookParts,
  { failingSinceMs, ...deployment }: ReturnType<typeof readEvent>,
): HookAnswer {
  const sinceMs = failingSinceMs ?? clock.nowMs();
  if (clock.nowMs() - sinceMs < PATIENCE_MS) {
    return { hookStatus: 'IN_PROGRESS', callBackDelay: RETRY_S, hookDetails: { failingSinceMs: sinceMs } };
  }
  const { policies } = ecsWish(requests, deployment);
  return { hookStatus: policies.onBlind === 'promote' ? 'SUCCEEDED' : 'FAILED' };
}
