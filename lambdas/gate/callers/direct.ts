import * as z from 'zod';
import { answerJson, reasonJson } from '../answer.ts';
import type { Gate, ReleaseName } from '../gate.ts';
import { parsed, type Requests } from '../request.ts';
import { type Caller, hasKey } from './caller.ts';

const ACTIONS = ['preflight', 'start', 'judge', 'finish'] as const;

const event = z.looseObject({ action: z.enum(ACTIONS) });
const byId = z.strictObject({ releaseId: z.string().min(1) });

/**
 * Scripts, other pipelines and Step Functions tasks, which invoke the function and read what it returns: the answer as
 * JSON. A failure of ours fails the invocation, and they ask again.
 */
export const directCaller = (gate: Gate, requests: Requests): Caller => ({
  name: 'direct',
  isMine: (input) => hasKey(input, 'action'),
  async answer(input) {
    const { action, ...rest } = parsed(event, input);
    switch (action) {
      case 'preflight':
        return preflightJson(await gate.preflight(requests.preflight(rest)));
      case 'start': {
        const { pipeline, ...wish } = requests.start(rest);
        const askedBy = { caller: 'direct', name: pipeline };
        return answerJson(await gate.start({ ...wish, askedBy, requestId: null, isRollback: false }));
      }
      case 'judge':
        return answerJson(await gate.judge(nameOf(rest, requests)));
      case 'finish':
        return answerJson(await gate.finish(nameOf(rest, requests)));
    }
  },
});

const nameOf = (input: object, requests: Requests): ReleaseName =>
  hasKey(input, 'releaseId') ? parsed(byId, input) : requests.named(input);

const preflightJson = ({ isReady, problems, warnings }: Awaited<ReturnType<Gate['preflight']>>) => ({
  ready: isReady,
  problems: problems.map(reasonJson),
  warnings: warnings.map(reasonJson),
});
