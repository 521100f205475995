import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import { SluicegateError } from '../core/errors.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import type { Warn } from './cluster-run.ts';
import { type Evaluation, type EvaluationOutcome, evaluateCluster } from './evaluate-cluster.ts';
import { scheduledSamples } from './scheduled-samples.ts';

/**
 * The record that Lambda's destination sends once `snapshot` has ended, well or not. Only what we use is named.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const snapshotEnded = z.object({
  requestContext: z.object({ condition: z.string() }),
  requestPayload: z.object({ cluster: z.string().min(1), slot: z.iso.datetime({ offset: true }) }),
  responsePayload: z.object({ errorMessage: z.string().optional() }).nullish(),
});

export interface EvaluateDependencies extends Omit<Evaluation, 'ruleset' | 'warn'> {
  /** What judges a cluster: its groups may have objectives of their own. */
  readonly rulesetOf: (cluster: string) => Ruleset;
  /** How often a cluster is read by its schedule. */
  readonly sampleIntervalMsOf: (cluster: string) => number;
}

/**
 * Destination record → statuses, incidents, notices. A failed snapshot left no sample: that is told once it has lasted,
 * and older samples or unsent notices are still worked off. Throws NOTICE_REFUSED, with all of it done, when notices
 * have to wait.
 */
export const evaluateHandler = ({
  rulesetOf,
  sampleIntervalMsOf,
  ...shared
}: EvaluateDependencies): Handler<EvaluationOutcome> =>
  defineHandler(snapshotEnded, async ({ requestContext, requestPayload, responsePayload }, { log }) => {
    const { cluster, slot } = requestPayload;
    const { condition } = requestContext;
    const why = responsePayload?.errorMessage ?? condition;
    if (condition !== 'Success') log.warn('snapshot failed', { cluster, condition, why });
    const unread = condition === 'Success' ? null : { slotMs: Date.parse(slot), why };
    const warn: Warn = (message, facts) => log.warn(message, facts);
    const history = scheduledSamples(shared.history, sampleIntervalMsOf);
    const evaluation: Evaluation = { ...shared, history, ruleset: rulesetOf(cluster), warn };
    const outcome = await evaluateCluster(evaluation, { cluster, unread });
    const { noticesWaiting, whyWaiting } = outcome;
    if (noticesWaiting > 0) log.warn('notices wait', { cluster, noticesWaiting, whyWaiting });
    log.info('evaluation', { ...outcome });
    failWhileNoticesWait(outcome);
    return outcome;
  });

/**
 * Fails the invocation when notices could not be sent. Everything else is done and stored by then: a failure is what has
 * Lambda try again within minutes, where the next slot may be an hour away, and what an alarm sees when it lasts.
 */
function failWhileNoticesWait({ cluster, noticesWaiting, whyWaiting }: EvaluationOutcome): void {
  if (noticesWaiting === 0 || whyWaiting === null) return;
  throw new SluicegateError(
    'NOTICE_REFUSED',
    `notices of ${cluster} wait in the outbox (${noticesWaiting}), and are sent once they are taken: ${whyWaiting}`,
  );
}
