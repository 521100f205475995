import type { GroupSnapshot } from '../../cluster/group.ts';
import { ownersOf } from '../../cluster/owners.ts';
import type { ClusterSnapshot } from '../../cluster/snapshot.ts';
import { addCommit, addLogEnd, deleteTopic, readGroup } from './memory.ts';
import { notReadVerdict, partitionVerdictOf } from './partition-verdict.ts';
import {
  newestAtMs,
  type PolledGroup,
  type PolledPartition,
  type PolledState,
  snapshotsSince,
} from './polled-state.ts';
import { UNJUDGED } from './reasons.ts';
import type { BurrowSettings } from './settings.ts';

/**
 * One snapshot into the rings, and every group judged anew.
 *
 * A snapshot is taken for what a client that commits all the time would have sent: each committed offset in it is a
 * commit made at the snapshot's time, changed or not, with its lag against the log end of the same snapshot.
 * docs/rulesets/burrow.md has the figures that speak for it.
 */
export function takeSnapshot(state: PolledState, snapshot: ClusterSnapshot, settings: BurrowSettings): void {
  state.samples += 1;
  state.recentAtMs.push(snapshot.atMs);
  if (state.recentAtMs.length > settings.intervals) state.recentAtMs.shift();
  for (const [topic, logs] of snapshot.topics) {
    logs.forEach((log, partition) => {
      if (log === null) return;
      addLogEnd(state.memory, { topic, partition }, { logEndOffset: log.logEndOffset, atMs: snapshot.atMs }, settings);
    });
  }
  const groups = new Map<string, PolledGroup>();
  for (const [name, group] of snapshot.groups)
    groups.set(name, judgedGroup(state, { name, group, snapshot }, settings));
  for (const [name, last] of state.groups) {
    if (groups.has(name)) continue;
    const carried = carriedGroup(state, last, settings);
    if (carried === null) state.memory.groups.delete(name);
    else groups.set(name, carried);
  }
  state.groups = groups;
  forgetTopics(state, settings);
}

interface ReadNow {
  readonly name: string;
  readonly group: GroupSnapshot;
  readonly snapshot: ClusterSnapshot;
}

function judgedGroup(state: PolledState, { name, group, snapshot }: ReadNow, settings: BurrowSettings): PolledGroup {
  const { atMs } = snapshot;
  const blank = { readAtMs: atMs, partitions: new Map() };
  if (group.type === 'share') return { ...blank, unjudged: UNJUDGED.shareGroup };
  for (const [topic, offsets] of group.committed) {
    for (const [partition, offset] of offsets.entries()) {
      // Without a log end of this snapshot the lag would be frozen against an older one.
      if (offset === null || !snapshot.topics.get(topic)?.[partition]) continue;
      addCommit(
        state.memory,
        { group: name, topic, partition, nowMs: atMs },
        { offset, order: state.samples, atMs },
        settings,
      );
    }
  }
  const judged = readGroup(state.memory, name, atMs, settings);
  if (judged === null) return { ...blank, unjudged: UNJUDGED.noCommits };
  const owners = ownersOf(group);
  const last = state.groups.get(name);
  const partitions = Array.from(judged.partitions, ([topic, list]) => {
    const logEnds = state.memory.logEnds.get(topic);
    const rings = state.memory.groups.get(name)?.topics.get(topic);
    const verdicts = list.map((partitionJudged, partition): PolledPartition | null => {
      const [ends, commits] = [logEnds?.[partition], rings?.[partition]];
      const before = last?.partitions.get(topic)?.[partition] ?? null;
      if (!ends || !commits || ends.atMs.at(-1) !== atMs) return carriedPartition(state, before, settings);
      const ownership = owners === null ? 'unknown' : (owners.get(topic)?.[partition] ?? 'nobody');
      const unownedAtMs = ownership === 'nobody' ? atMs : (before?.unownedAtMs ?? null);
      const verdict = partitionVerdictOf(partitionJudged, { commits, logEnds: ends, ownership, unownedAtMs });
      return { readAtMs: atMs, unownedAtMs, verdict };
    });
    return [topic, verdicts] as const;
  });
  return { readAtMs: atMs, partitions: new Map(partitions), unjudged: null };
}

/** A group that is absent is not known now, not gone. Null: so long ago, or with so little, that it is forgotten. */
function carriedGroup(state: PolledState, last: PolledGroup, settings: BurrowSettings): PolledGroup | null {
  const expired = newestAtMs(state) - last.readAtMs > settings.expireGroupMs;
  if (expired || last.partitions.size === 0) return null;
  const partitions = Array.from(
    last.partitions,
    ([topic, list]) => [topic, list.map((partition) => carriedPartition(state, partition, settings))] as const,
  );
  return { ...last, partitions: new Map(partitions) };
}

/** The last verdict stands while at most half a window of snapshots was missed; then it is UNKNOWN. */
function carriedPartition(
  state: PolledState,
  last: PolledPartition | null,
  { intervals }: BurrowSettings,
): PolledPartition | null {
  if (last === null || snapshotsSince(state, last.readAtMs) <= intervals / 2) return last;
  return { ...last, verdict: notReadVerdict(last.verdict, newestAtMs(state) - last.readAtMs) };
}

/** Topics that were not read for as long as groups are kept. */
function forgetTopics(state: PolledState, { expireGroupMs }: BurrowSettings): void {
  const expiredMs = newestAtMs(state) - expireGroupMs;
  for (const [topic, partitions] of state.memory.logEnds) {
    if (partitions.every((ends) => (ends?.atMs.at(-1) ?? 0) < expiredMs)) deleteTopic(state.memory, topic);
  }
}
