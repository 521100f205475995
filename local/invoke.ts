import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import type { EvaluationOutcome } from '../lambdas/evaluate/evaluate-cluster.ts';
import type { SnapshotOutcome } from '../lambdas/snapshot/take-snapshot.ts';

/** One slot, as AWS would run it. */
export interface SlotOutcome {
  readonly snapshot:
    | { readonly kind: 'taken'; readonly outcome: SnapshotOutcome }
    | { readonly kind: 'failed'; readonly error: unknown };
  readonly evaluation: EvaluationOutcome;
}

/**
 * Invokes `snapshot` as the scheduler does, then `evaluate` with the record that Lambda's destination would send,
 * after a failure too.
 */
export async function invokeSlot(
  {
    snapshot,
    evaluate,
  }: { readonly snapshot: Handler<SnapshotOutcome>; readonly evaluate: Handler<EvaluationOutcome> },
  { cluster, slotMs, timeoutMs }: { readonly cluster: string; readonly slotMs: number; readonly timeoutMs: number },
): Promise<SlotOutcome> {
  const event = { cluster, slot: new Date(slotMs).toISOString() };
  const context = { awsRequestId: `local-${slotMs}`, getRemainingTimeInMillis: () => timeoutMs };
  const taken = await snapshot(event, context).then(
    (outcome) => ({ kind: 'taken', outcome }) as const,
    (error: unknown) => ({ kind: 'failed', error }) as const,
  );
  const record = {
    requestContext: { condition: taken.kind === 'taken' ? 'Success' : 'RetriesExhausted' },
    requestPayload: event,
    responsePayload: taken.kind === 'taken' ? taken.outcome : { errorMessage: messageOf(taken.error) },
  };
  return { snapshot: taken, evaluation: await evaluate(record, context) };
}

/** What went wrong, in its own words. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
