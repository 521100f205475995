import { quantile } from '../../statistics/quantile.ts';
import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { backlogAt, excessMsAt, hasCommonCause } from '../evidence/excess.ts';
import { onGrid } from '../evidence/grid.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * Non-inferiority: in each of the last windows, no partition of the new version was further behind than before the
 * release by more than the margin, nor clearly further than it has been itself since.
 */
export function lagNoWorse(evidence: Evidence): GateReason | null {
  const { history, settings, start, last } = evidence;
  const windows = onGrid(history.atMs, start, last + 1, settings.gridMs).slice(-settings.healthySamples);
  for (const view of evidence.judged) {
    const limitMs = healthyLimitMs(view, evidence);
    const index = windows.find((window) => (view.track.timeLagMs[window] ?? 0) > limitMs);
    if (index === undefined || isDraining(view, evidence)) continue;
    const timeLagMs = view.track.timeLagMs[index] ?? 0;
    const isCommon = hasCommonCause(excessMsAt(view, index) ?? 0, evidence);
    return {
      code: isCommon ? 'COMMON_CAUSE' : 'LAG_NOT_LOW',
      numbers: { timeLagMs, limitMs, usualTimeLagMs: view.usual.usualTimeLagMs },
      sentence: `${trackName(view.track)} was ${seconds(timeLagMs)} behind within the last ${windows.length} windows, limit ${seconds(limitMs)}${isCommon ? "; the old version's partitions are behind as well, so that is not the release's doing" : ''}`,
    };
  }
  return null;
}

/**
 * A new version may commit less often than the old one did: what counts is its own level, as far as that is within
 * the margin.
 */
function healthyLimitMs({ track, usual, sideSinceMs }: PartitionView, evidence: Evidence): number {
  const { history, settings, baseline } = evidence;
  const settledMs = sideSinceMs + 2 * settings.gridMs;
  const until = history.atMs.length - settings.healthySamples;
  const own = track.timeLagMs.filter(
    (lag, index) => lag !== null && index < until && (history.atMs[index] ?? 0) >= settledMs,
  );
  const ownMs =
    quantile(
      own.filter((lag) => lag !== null),
      0.8,
    ) ?? 0;
  const levelMs = Math.min(ownMs + settings.blipMs, usual.usualTimeLagMs + settings.passMarginMs);
  return Math.max(1.5 * usual.usualTimeLagMs + settings.blipMs, levelMs) + baseline.cadenceMs;
}

/** Share of the largest backlog that may be left, and of the one a few windows ago. */
const SHRUNK = 0.7;
const SHRINKING = 0.9;

/** Late in the release a backlog that is being worked off for good will do. */
function isDraining(view: PartitionView, evidence: Evidence): boolean {
  const { release, settings, history, sinceStartMs, last } = evidence;
  const isOld = (view.track.timeLagMs[last] ?? 0) > settings.drainingMs;
  if (isOld || sinceStartMs < settings.lateRatio * release.deadlineMs) return false;
  const since = history.atMs.findIndex((at) => at >= view.sideSinceMs);
  const backlogs = Array.from({ length: last + 1 - since }, (_, offset) => backlogAt(view, since + offset));
  const now = backlogAt(view, last);
  return now <= SHRUNK * Math.max(...backlogs) && now <= SHRINKING * backlogAt(view, last - settings.healthySamples);
}
