import * as z from 'zod';
import type { DeploymentHook, DeploymentHooks } from '../../adapters/codedeploy/deployment-hooks.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { Gate, StartWish } from '../gate.ts';
import { parsed, type Requests } from '../request.ts';
import type { WaitingCaller } from './ask-again.ts';
import { hasKey } from './caller.ts';
import { begin, beginAndJudge } from './follow-release.ts';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html */
const event = z.object({ DeploymentId: z.string().min(1), LifecycleEventHookExecutionId: z.string().min(1) });

/** What the stack says of deployment groups, by `application/group`: the event names nothing but the deployment. */
export type WiredGroups = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface CodeDeployParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly hooks: DeploymentHooks;
  readonly wired: WiredGroups;
}

/** The new version has traffic in these; every stage before them only begins the release. */
const JUDGED_STAGES = ['AfterAllowTraffic', 'AfterAllowTestTraffic'];

/** A deployment's hooks: those before the traffic begin the release and let it go on, those after it judge. */
export const codeDeployCaller = (parts: CodeDeployParts): WaitingCaller<DeploymentHook> => ({
  name: 'codedeploy',
  isMine: (input) => hasKey(input, 'DeploymentId') && hasKey(input, 'LifecycleEventHookExecutionId'),
  parse(input) {
    const { DeploymentId: deploymentId, LifecycleEventHookExecutionId } = parsed(event, input);
    return { deploymentId, lifecycleEventHookExecutionId: LifecycleEventHookExecutionId };
  },
  keyOf: ({ lifecycleEventHookExecutionId }) => lifecycleEventHookExecutionId,
  async ask({ deploymentId }) {
    const wish = await wishFor(parts, deploymentId);
    const stage = await parts.hooks.stageOf(deploymentId);
    // A stage that is not known is judged: to let it pass would let everything pass.
    if (stage === null || JUDGED_STAGES.includes(stage)) return beginAndJudge(parts.gate, wish);
    await begin(parts.gate, wish);
    return 'goOn';
  },
  tell: async (hook, decision) => parts.hooks.answer(hook, decision === 'PROMOTE' ? 'Succeeded' : 'Failed'),
  policyOf: async ({ deploymentId }) => (await wishFor(parts, deploymentId)).policies.onBlind,
  onMistake: 'rollback',
});

async function wishFor({ requests, hooks, wired }: CodeDeployParts, deploymentId: string): Promise<StartWish> {
  const group = await hooks.groupOf(deploymentId);
  const parameters = wired[group];
  if (parameters === undefined) {
    throw new SluicegateError('EVENT_INVALID', `the gate is not wired to the deployment group "${group}"`);
  }
  const { pipeline, ...wish } = requests.start({ ...parameters, executionId: deploymentId });
  const askedBy = { caller: 'codedeploy', name: pipeline ?? group };
  return { ...wish, askedBy, requestId: deploymentId, isRollback: false };
}
