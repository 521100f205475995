import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { FreshReading } from '../lambdas/core/ports/fresh-reading.ts';
import { messageOf } from './invoke.ts';

/** As long as a synchronous invocation may take on AWS. */
const TIMEOUT_MS = 30_000;

/** Has `snapshot` take a reading in this process, with the event that the gate sends on AWS. */
export const handlerReading = (snapshot: Handler<unknown>): FreshReading => ({
  async take({ cluster, slotMs }) {
    const context = { awsRequestId: `fresh-${slotMs}`, getRemainingTimeInMillis: () => TIMEOUT_MS };
    const event = { cluster, slot: new Date(slotMs).toISOString(), fresh: true };
    await snapshot(event, context).catch((cause: unknown) => {
      throw new SluicegateError('SNAPSHOT_FAILED', `${cluster} could not be read: ${messageOf(cause)}`, { cause });
    });
  },
});
