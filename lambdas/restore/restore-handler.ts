import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import { rollbackJson } from '../core/rollback/rollback-json.ts';
import { type RestoreDependencies, rollBackRelease } from './roll-back-release.ts';

/** Who invokes it says which release, and whether in earnest; nothing is a default here. */
const request = z.strictObject({
  action: z.enum(['plan', 'apply']),
  releaseId: z.string().min(1),
  /** Whom the ledger shall name; the function cannot see who invoked it. */
  askedBy: z.string().min(1),
});

/** An explicit request → the offsets of one group → what became of them. */
export const restoreHandler = (dependencies: RestoreDependencies): Handler<ReturnType<typeof rollbackJson>> =>
  defineHandler(request, async ({ action, releaseId, askedBy }, { log }) => {
    const rollback = await rollBackRelease(dependencies, {
      releaseId,
      execute: action === 'apply',
      askedBy: { caller: 'restore', name: askedBy },
    });
    const answer = rollbackJson(rollback);
    const { group, outcome, sentence, recorded } = answer;
    log.info('rollback', { releaseId, group, askedBy, outcome, sentence, recorded });
    return answer;
  });
