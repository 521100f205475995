import type { TimeLag } from './verdict.ts';

/** A time lag as verdicts tell it: in whole seconds, rounded down. */
export function toldTimeLag(timeLag: TimeLag): TimeLag {
  if (timeLag.kind === 'unknown') return timeLag;
  return { kind: timeLag.kind, timeLagMs: Math.floor(timeLag.timeLagMs / 1_000) * 1_000 };
}
