import { InvalidArgumentError, Option } from 'commander';
import { parseDurationMs } from '../lambdas/config/duration.ts';
import { durationText } from '../lambdas/core/quantity.ts';

/** An option's duration in milliseconds. */
export function durationArgument(text: string): number {
  const ms = parseDurationMs(text);
  if (ms === null || ms <= 0) throw new InvalidArgumentError('write a number and a unit, as in 90s, 5m or 2h');
  return ms;
}

/** An option that takes a duration; help tells its default in words rather than in milliseconds. */
export const durationOption = (flags: string, description: string, usualMs: number): Option =>
  new Option(flags, description).argParser(durationArgument).default(usualMs, durationText(usualMs));
