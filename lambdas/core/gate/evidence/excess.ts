import { median } from '../../statistics/quantile.ts';
import type { Evidence, PartitionView } from './evidence.ts';

/** A partition's time lag beyond what was usual before the release. Null: not known at that sample. */
export function excessMsAt({ track, usual }: PartitionView, index: number): number | null {
  const lag = track.timeLagMs[index] ?? null;
  return lag === null ? null : Math.max(0, lag - usual.usualTimeLagMs);
}

/** Unread messages at a sample; 0 where not known. */
export const backlogAt = ({ track }: PartitionView, index: number): number =>
  Math.max(0, (track.logEnd[index] ?? 0) - (track.committed[index] ?? track.logEnd[index] ?? 0));

/** A tiny step down is no recovery. */
const NO_SMALLER = 0.98;

/**
 * Harmfully behind, and not catching up: neither its age nor its size is smaller than `rateMs` ago. The age of a
 * backlog goes on rising while a burst is worked off, so it alone proves nothing.
 */
export function isFallingBehind(view: PartitionView, { settings, history, last, nowMs }: Evidence): boolean {
  const excessMs = excessMsAt(view, last);
  if (excessMs === null || excessMs < settings.failMarginMs) return false;
  const earlier = history.atMs.findLastIndex((at) => at <= nowMs - settings.rateMs);
  const before = view.track.timeLagMs[earlier] ?? null;
  const isNoYounger = before !== null && (view.track.timeLagMs[last] ?? 0) >= NO_SMALLER * before;
  return isNoYounger && backlogAt(view, last) >= NO_SMALLER * backlogAt(view, earlier);
}

/** Controls that are this share as far behind have the same trouble. */
const COMMON_SHARE = 0.4;

/** A broker, a surge, or something downstream: the old version's partitions are as badly off. */
export function hasCommonCause(excessMs: number, { controls, last }: Evidence): boolean {
  const theirs = controls.map((view) => excessMsAt(view, last)).filter((excess) => excess !== null);
  return (median(theirs) ?? 0) >= COMMON_SHARE * excessMs;
}
