import { SluicegateError } from '../lambdas/core/errors.ts';
import { visible } from '../lambdas/core/visible.ts';

/** What a person is told of an error: its message, and where it happened only if that is our own mistake. */
export function describeFailure(error: unknown): string {
  if (error instanceof SluicegateError) return `sluicegate: ${linesOf(error.message)}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `sluicegate: this is a bug in sluicegate, please report it with these lines:\n${linesOf(detail)}`;
}

const linesOf = (text: string): string => text.split('\n').map(visible).join('\n');
