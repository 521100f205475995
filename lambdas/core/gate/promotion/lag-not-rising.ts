import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { onGrid } from '../evidence/grid.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** So many windows in a row, each further behind than the one before. */
const WINDOWS = 3;

/**
 * No partition is just falling behind: within the margin still, but further from window to window, and further than it
 * ever was. The load that a promotion waits for is the one under which a slow version begins to.
 */
export function lagNotRising(evidence: Evidence): GateReason | null {
  const { history, settings, start, last } = evidence;
  const windows = onGrid(history.atMs, start, last + 1, settings.gridMs).slice(-WINDOWS);
  const [first] = windows;
  if (first === undefined || windows.length < WINDOWS) return null;
  for (const view of evidence.judged) {
    const [before = 0, between = 0, now = 0] = windows.map((index) => view.track.timeLagMs[index] ?? 0);
    const limitMs = mostMsBefore(first, view, evidence) + settings.risingMs;
    if (!(before < between && between < now) || now < limitMs) continue;
    return {
      code: 'LAG_RISING',
      numbers: { timeLagMs: now, beforeMs: before, limitMs },
      sentence: `${trackName(view.track)} went from ${seconds(before)} to ${seconds(now)} behind within ${WINDOWS} windows, limit ${seconds(limitMs)} while it rises`,
    };
  }
  return null;
}

/** The furthest behind it was before that sample, of those since it settled, or is usual for it. */
function mostMsBefore(until: number, { track, usual, sideSinceMs }: PartitionView, evidence: Evidence): number {
  const { history, settings } = evidence;
  const settledMs = sideSinceMs + settings.warmUpMs;
  const own = track.timeLagMs.filter(
    (lag, index) => lag !== null && index < until && (history.atMs[index] ?? 0) >= settledMs,
  );
  return Math.max(usual.usualTimeLagMs, ...own.map((lag) => lag ?? 0));
}
