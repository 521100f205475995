import { Logger } from '@aws-lambda-powertools/logger';
import type { ZodType, z } from 'zod';
import { SluicegateError } from '../../core/errors.ts';

/** The part of Lambda's context that our functions use. */
export interface InvocationContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** What a function is given beside its event. */
export interface Invocation {
  /** Logs carry the request id. Never hand it an event that may hold credentials. */
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly remainingMs: () => number;
}

export type Handler<Output> = (event: unknown, context: InvocationContext) => Promise<Output>;

/**
 * Wraps a function's work the same way everywhere: the event is checked before anything runs, an error is logged once
 * with its code and rethrown, so that the platform counts it and, for a destination, passes it on.
 */
export function defineHandler<Event extends ZodType, Output>(
  event: Event,
  run: (event: z.output<Event>, invocation: Invocation) => Promise<Output>,
): Handler<Output> {
  return async (input, context) => {
    const log = new Logger({ persistentKeys: { requestId: context.awsRequestId } });
    try {
      const parsed = event.safeParse(input);
      if (!parsed.success) throw eventInvalid(parsed.error);
      return await run(parsed.data, { log, remainingMs: () => context.getRemainingTimeInMillis() });
    } catch (error) {
      log.error('invocation failed', {
        code: error instanceof SluicegateError ? error.code : 'BUG',
        error: error as Error,
      });
      throw error;
    }
  };
}

/** Names the paths that are wrong, never the values: an event may hold credentials. */
function eventInvalid(error: z.ZodError): SluicegateError {
  const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  return new SluicegateError(
    'EVENT_INVALID',
    `this function was invoked with an event that it does not know: ${problems.join('; ')}`,
  );
}
