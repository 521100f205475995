import * as z from 'zod';
import type { ServiceDeployments } from '../../adapters/ecs/service-deployments.ts';
import type { Gate } from '../gate.ts';
import { parsed, type Requests } from '../request.ts';
import type { WaitingCaller } from './ask-again.ts';
import { hasKey } from './caller.ts';
import { askAboutDeployment, type EcsDeployment, ecsWish } from './ecs-deployment.ts';

const DETAIL_TYPE = 'ECS Hook State Change';
const AWAITING = 'HOOK_AWAITING_ACTION';

/** The rule's target adds `gate` to what ECS sends: hooks that pause have no details of their own. */
const event = z.object({
  detail: z.object({
    eventName: z.string(),
    hookId: z.string().min(1),
    lifecycleStage: z.string().min(1),
    serviceArn: z.string().min(1),
    serviceDeploymentArn: z.string().min(1),
  }),
  gate: z.record(z.string(), z.unknown()),
});

interface Pause extends EcsDeployment {
  readonly hookId: string;
}

export interface EcsPauseParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly deployments: ServiceDeployments;
}

/** A deployment that pauses for whoever ends the pause: by a decision, or not at all where a human is to do it. */
export const ecsPauseCaller = (parts: EcsPauseParts): WaitingCaller<Pause> => ({
  name: 'ecs-pause',
  isMine: (input) =>
    hasKey(input, 'detail-type') && (input as { readonly 'detail-type': unknown })['detail-type'] === DETAIL_TYPE,
  parse(input) {
    const { detail, gate: wired } = parsed(event, input);
    const { eventName, ...pause } = detail;
    return eventName === AWAITING ? { ...pause, wired } : null;
  },
  keyOf: ({ serviceDeploymentArn, hookId }) => `${serviceDeploymentArn} ${hookId}`,
  ask: (pause) =>
    askAboutDeployment(parts, {
      ...pause,
      caller: 'ecs-pause',
      revisionArn: () => parts.deployments.targetRevisionOf(pause.serviceDeploymentArn),
    }),
  tell: ({ serviceDeploymentArn, hookId }, decision) =>
    parts.deployments.endPause({ serviceDeploymentArn, hookId }, decision === 'PROMOTE' ? 'CONTINUE' : 'ROLLBACK'),
  policyOf: async (pause) => ecsWish(parts.requests, pause).policies.onBlind,
  // The hook's own time-out ends it, as its wiring says.
  onMistake: 'manual',
});
