import { type GroupMemory, isAway } from '../group-memory.ts';
import type { Instant } from '../instant.ts';
import { isSeen, timeLagMsOf } from '../partition-memory.ts';

/** Of one sample: how many groups are at work, and since when those are behind that are. */
export interface Onsets {
  active: number;
  readonly sinceMs: number[];
}

export const newOnsets = (): Onsets => ({ active: 0, sinceMs: [] });

/** Follows since when a group that was just observed is behind; `to` takes what that says about its cluster. */
export function followOnset(group: GroupMemory, to: Onsets, instant: Instant): void {
  const { settings, atMs } = instant;
  if (!isActive(group, instant)) return;
  followBehind(group, instant);
  const { behindSinceMs } = group;
  if (atMs - behindSinceMs > settings.clusterWide.holdMs) return;
  to.active += 1;
  if (!Number.isNaN(behindSinceMs)) to.sinceMs.push(behindSinceMs);
}

/** Follows whether groups fall behind together: then the cause is the cluster, or what they share, not the group. */
export function observeCluster({ active, sinceMs }: Onsets, { memory, settings, atMs }: Instant): void {
  const { onsetMs, shareMin } = settings.clusterWide;
  const most = mostTogether(
    sinceMs.toSorted((a, b) => a - b),
    onsetMs,
  );
  const together = most.count >= 2 && most.count >= shareMin * active;
  if (together) {
    if (Number.isNaN(memory.troubledSinceMs)) memory.troubledSinceMs = most.sinceMs;
    memory.troubledAtMs = atMs;
    // Who has less to spare needs longer to recover than those by whom it was known.
  } else if (atMs - memory.troubledAtMs > onsetMs) memory.troubledSinceMs = Number.NaN;
}

/** Is this group's trouble one that most groups share, and still young? Then it is not yet told as the group's own. */
export function isHeldBack({ behindSinceMs }: GroupMemory, { memory, settings, atMs }: Instant): boolean {
  const { onsetMs, holdMs } = settings.clusterWide;
  return Math.abs(behindSinceMs - memory.troubledSinceMs) <= onsetMs && atMs - memory.troubledSinceMs < holdMs;
}

/** It is there and has worked lately. Who is idle says nothing about the cluster, nor does who is away. */
function isActive(group: GroupMemory, { atMs, settings }: Instant): boolean {
  if (isAway(group)) return false;
  const { activeMs } = settings.clusterWide;
  for (const p of group.partitions) {
    if (isSeen(p, atMs) && (p.pending || atMs - p.lastAdvanceAtMs <= activeMs)) return true;
  }
  return false;
}

/** A group that has long been behind says nothing about its cluster, until more of its partitions are. */
function followBehind(group: GroupMemory, { atMs, settings }: Instant): void {
  const limitMs = settings.sampleIntervalMs + 1.5 * group.cadence.usualMs;
  let behind = 0;
  for (const p of group.partitions) if (isSeen(p, atMs) && timeLagMsOf(p) > limitMs) behind += 1;
  const isOld = atMs - group.behindSinceMs > settings.clusterWide.holdMs;
  if (behind === 0) group.behindSinceMs = Number.NaN;
  else if (Number.isNaN(group.behindSinceMs) || (isOld && behind > group.behindPartitions)) group.behindSinceMs = atMs;
  group.behindPartitions = isOld ? Math.min(behind, group.behindPartitions) : behind;
}

/** The largest number of onsets within one span, and the first of them. */
function mostTogether(onsets: readonly number[], spanMs: number): { readonly count: number; readonly sinceMs: number } {
  let count = 0;
  let sinceMs = Number.NaN;
  let end = 0;
  for (const [index, onset] of onsets.entries()) {
    while (end < onsets.length && (onsets[end] ?? 0) - onset <= spanMs) end += 1;
    if (end - index > count) {
      count = end - index;
      sinceMs = onset;
    }
  }
  return { count, sinceMs };
}
