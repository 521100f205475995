import { durationText } from '../../../core/quantity.ts';
import type { TimeLag } from '../../../core/status/verdict.ts';
import type { DrainEtaMs } from '../../answers/groups-answer.ts';
import { UNKNOWN_TEXT } from './numbers.ts';

/** How old the oldest unread message is: `40 s`, or `≥ 2 h` where it is older than what was seen. */
export function timeLagText(timeLag: TimeLag): string {
  if (timeLag.kind === 'unknown') return UNKNOWN_TEXT;
  const text = durationText(timeLag.timeLagMs);
  return timeLag.kind === 'atLeast' ? `≥ ${text}` : text;
}

/** When the backlog is gone: `now` without one, `never` while it does not shrink. */
export function drainEtaText(drainEtaMs: DrainEtaMs): string {
  if (drainEtaMs === null) return UNKNOWN_TEXT;
  if (drainEtaMs === 'never') return 'never';
  return drainEtaMs === 0 ? 'none' : durationText(drainEtaMs);
}

/** A span of time that may still go on: never negative, since two clocks are never the same. */
export const sinceText = (fromMs: number, toMs: number): string => durationText(Math.max(0, toMs - fromMs));

/** `3 s ago`. */
export const agoText = (atMs: number, nowMs: number): string => `${sinceText(atMs, nowMs)} ago`;
