import type { Evidence } from './evidence.ts';
import { sumOf } from './history.ts';
import { peakPerS, producedBetween, spanOf, windowStart } from './rates.ts';

/** Beyond the highest load of the past by this much, a growing backlog says nothing about the release. */
const MORE_THAN_EVER = 1.1;

/** More comes in now than was ever handled before: what piles up then is the burst's, not the release's. */
export function isMoreLoadThanEver({ history, baseline, settings, last, start }: Evidence): boolean {
  const from = windowStart(history.atMs, last, settings.rateMs, start);
  if (from === null || baseline.groupPeakPerS === null) return false;
  const produced = sumOf(history.tracks.map((track) => producedBetween(track, from, last)));
  const producedPerS = produced === null ? 0 : (produced * 1_000) / spanOf(history.atMs, from, last);
  return producedPerS > MORE_THAN_EVER * baseline.groupPeakPerS;
}

/**
 * Best rate since the new version works alone, or is in place beside the old one, ÷ best rate before the release, of
 * the whole group. What piled up during the hand-over is load as well. Null: not known.
 */
export function loadSeenRatio(evidence: Evidence): number | null {
  const { history, baseline, settings, handOver, last } = evidence;
  const { inPlaceSinceMs } = handOver;
  if (inPlaceSinceMs === null || baseline.groupPeakPerS === null || baseline.groupPeakPerS === 0) return null;
  const inPlace = history.atMs.findIndex((at) => at >= inPlaceSinceMs);
  const from = Math.min(inPlace, aloneSince(evidence) ?? inPlace);
  const seen = peakPerS(history.tracks, history, { from, until: last + 1 }, settings.gridMs / 2);
  return seen === null ? null : seen / baseline.groupPeakPerS;
}

/** The first sample after the last with a member of the old version; null: one is there. */
function aloneSince({ history, isNew, last, start }: Evidence): number | null {
  const since =
    history.members.findLastIndex((members) => members === null || members.some((seat) => !isNew(seat))) + 1;
  return since > last ? null : Math.max(start, since);
}

/** Messages that the new version has committed since it owns its partitions. */
export function handledMessages({ judged, history, start }: Evidence): number {
  let sum = 0;
  for (const { track, sideSinceMs } of judged) {
    for (let index = start + 1; index < history.atMs.length; index++) {
      const before = track.committed[index - 1] ?? null;
      const after = track.committed[index] ?? null;
      const isMine = (history.atMs[index] ?? 0) > sideSinceMs;
      if (isMine && before !== null && after !== null) sum += Math.max(0, after - before);
    }
  }
  return sum;
}
