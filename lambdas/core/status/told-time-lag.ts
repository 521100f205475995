import type { TimeLag } from './verdict.ts';

/** A time lag as verdicts tell it: in whole seconds, rounded down. */
export const toldTimeLag = (timeLag: TimeLag): TimeLag =>
  timeLag.kind === 'unknown' ? timeLag : { ...timeLag, timeLagMs: Math.floor(timeLag.timeLagMs / 1_000) * 1_000 };
