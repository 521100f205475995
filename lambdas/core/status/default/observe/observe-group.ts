import type { GroupSnapshot } from '../../../cluster/group.ts';
import { type GroupMemory, noteUnsettled } from '../group-memory.ts';
import type { GroupInstant, Instant } from '../instant.ts';
import type { LogMemory } from '../log-memory.ts';
import { PartitionMemory } from '../partition-memory.ts';
import { observeMembers } from './observe-members.ts';
import { observePartition } from './observe-partition.ts';

/** As many as tell whether a backlog rises. */
const RECENT_LAGS = 4;

/** Takes one group of a snapshot into memory: its members, its owners, and its progress in each partition. */
export function observeGroup(snapshot: GroupSnapshot, instant: GroupInstant): void {
  const { group, atMs } = instant;
  group.type = snapshot.type;
  group.state = snapshot.state;
  group.samples += 1;
  const positions = positionsOf(snapshot);
  for (const [topic, offsets] of positions) meetPartitions(group, topic, offsets, instant);
  observeMembers(group, snapshot, instant);
  let lagMessages = 0;
  let advanced = false;
  group.passedPerS = 0;
  for (const [topic, partitions] of group.byTopic) {
    const offsets = positions.get(topic);
    const share = snapshot.share?.get(topic);
    for (const p of partitions) {
      if (p === null) continue;
      const reportedLag = share?.[p.partition]?.lagMessages ?? null;
      observePartition(p, offsets?.[p.partition] ?? null, reportedLag, instant);
      if (p.lagMessages > 0) lagMessages += p.lagMessages;
      if (p.movedMessages > 0) advanced = true;
    }
  }
  group.recentLags.push(lagMessages);
  if (group.recentLags.length > RECENT_LAGS) group.recentLags.shift();
  if (advanced && group.emptySamples >= 2) group.emptyAdvanceSamples += 1;
  group.seenAtMs = atMs;
}

/** A group that the snapshot does not tell about keeps what it had. */
export function missGroup(group: GroupMemory, { cell }: Instant): void {
  noteUnsettled(group, cell, null);
}

/** Where the group stands: its commits, or a share group's start offsets. */
function positionsOf({ type, committed, share }: GroupSnapshot): ReadonlyMap<string, readonly (number | null)[]> {
  if (type !== 'share' || share === undefined) return committed;
  return new Map([...share].map(([topic, progress]) => [topic, progress.map((one) => one?.startOffset ?? null)]));
}

/** A partition belongs to a group from its first commit on. */
function meetPartitions(
  group: GroupMemory,
  topic: string,
  offsets: readonly (number | null)[],
  { memory }: Instant,
): void {
  const known = group.byTopic.get(topic) ?? [];
  let logs: readonly LogMemory[] | null = null;
  for (let partition = 0; partition < offsets.length; partition++) {
    if (offsets[partition] === null || known[partition]) continue;
    // Nearly always all are known, and the topic need not be looked for among all others.
    logs ??= memory.topics.get(topic)?.logs ?? [];
    const log = logs[partition];
    if (log === undefined) continue;
    while (known.length <= partition) known.push(null);
    const p = new PartitionMemory(memory.partitionRows, topic, partition, log);
    known[partition] = p;
    group.partitions.push(p);
  }
  if (logs !== null && known.length > 0) group.byTopic.set(topic, known);
}
