import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../lambdas/config/duration.ts';

/** An option's duration in milliseconds. */
export function durationArgument(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === null || ms <= 0) throw new InvalidArgumentError('write a number and a unit, as in 90s, 5m or 2h');
  return ms;
}
