import { hash } from 'node:crypto';
import * as z from 'zod';
import type { WaitingTasks } from '../../adapters/step-functions/waiting-tasks.ts';
import type { Gate, ReleaseName } from '../gate.ts';
import { parsed, type Requests } from '../request.ts';
import type { WaitingCaller } from './ask-again.ts';
import { hasKey } from './caller.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token */
const event = z.looseObject({ taskToken: z.string().min(1) });
const byId = z.strictObject({ releaseId: z.string().min(1) });

export interface WaitingTask {
  readonly taskToken: string;
  readonly name: ReleaseName;
}

export interface StepFunctionsParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly tasks: WaitingTasks;
}

/**
 * A task that waits for its token: ROLLBACK fails it with the error `GateRollback`, which a machine can catch. What is
 * left to a human, or can't be judged for good, is not told: the task's own timeout is the machine's policy.
 */
export const stepFunctionsCaller = ({ gate, requests, tasks }: StepFunctionsParts): WaitingCaller<WaitingTask> => ({
  name: 'step-functions',
  isMine: (input) => hasKey(input, 'taskToken'),
  parse(input) {
    const { taskToken, ...rest } = parsed(event, input);
    return { taskToken, name: hasKey(rest, 'releaseId') ? parsed(byId, rest) : requests.named(rest) };
  },
  // A token is longer than a name may be.
  keyOf: ({ taskToken }) => hash('sha256', taskToken),
  async ask({ taskToken, name }) {
    const answer = await gate.judge(name);
    if (answer.decision !== 'CONTINUE') return answer;
    const heard = await tasks.heartbeat(taskToken);
    // Nobody waits: there is nobody to tell, and nothing to ask again for.
    return heard === 'gone' ? { ...answer, decision: 'INCONCLUSIVE' } : answer;
  },
  async tell({ taskToken }, decision, summary) {
    if (decision === 'PROMOTE') await tasks.succeed(taskToken, { decision, summary });
    else await tasks.fail(taskToken, { error: 'GateRollback', cause: summary });
  },
  policyOf: async () => 'manual',
  onMistake: 'rollback',
});
