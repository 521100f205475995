import type { PartitionLog } from '../../core/cluster/snapshot.ts';
import { METADATA } from './api/metadata.ts';
import { askLeaders } from './ask-leaders.ts';
import { byPartition } from './by-partition.ts';
import { type ClusterLayout, layoutOf, mergeLayouts } from './cluster-layout.ts';
import { type ExtraQuestions, logQuestions } from './log-questions.ts';
import { type LogReads, partitionLogOf, refusalOf } from './log-read.ts';
import { askAny, type Reading } from './reading.ts';
import type { WantedPartitions } from './wanted-partitions.ts';

/**
 * Offsets of the wanted partitions, each asked of its leader. Partitions whose leader moved are asked once more.
 * Topics that do not exist (any more) are left out; all else that could not be read is among the failures.
 */
export async function readLogs(
  reading: Reading,
  layout: ClusterLayout,
  { wanted, extra }: { wanted: WantedPartitions; extra: ExtraQuestions },
): Promise<ReadonlyMap<string, readonly (PartitionLog | null)[]>> {
  const questions = logQuestions(extra);
  let known = await withMissingTopics(reading, layout, wanted);
  const reads = await askLeaders(reading, known, { wanted, questions });
  const moved = takeMoved(reads);
  if (moved.size > 0) {
    known = await refreshed(reading, known, [...moved.keys()]);
    for (const [topic, partitions] of await askLeaders(reading, known, { wanted: moved, questions })) {
      reads.set(topic, new Map([...(reads.get(topic) ?? []), ...partitions]));
    }
  }
  reportRefusals(reading, reads);
  return logsOf(reads, known);
}

/**
 * Metadata of all topics leaves out, without a word, those that the principal may not describe. Asked by name,
 * Kafka tells a denied topic from a deleted one.
 */
async function withMissingTopics(
  reading: Reading,
  layout: ClusterLayout,
  wanted: WantedPartitions,
): Promise<ClusterLayout> {
  const missing = [...wanted.keys()].filter((topic) => layout.topics.get(topic)?.errorCode !== 0);
  return missing.length === 0 ? layout : refreshed(reading, layout, missing);
}

async function refreshed(reading: Reading, layout: ClusterLayout, topics: readonly string[]): Promise<ClusterLayout> {
  const metadata = await askAny(reading, layout.brokers.values(), METADATA, { topics });
  return metadata === null ? layout : mergeLayouts(layout, layoutOf(metadata));
}

/** Takes out the partitions to ask again. What has vanished by then leaves no trace, as if it had never been there. */
function takeMoved(reads: LogReads): WantedPartitions {
  const moved = new Map<string, Set<number>>();
  for (const [topic, logs] of reads) {
    const partitions = [...logs].filter(([, { refusal }]) => refusal?.retriable).map(([partition]) => partition);
    if (partitions.length === 0) continue;
    moved.set(topic, new Set(partitions));
    for (const partition of partitions) logs.delete(partition);
    if (logs.size === 0) reads.delete(topic);
  }
  return moved;
}

function reportRefusals({ failures }: Reading, reads: LogReads): void {
  for (const [topic, logs] of reads) {
    for (const [partition, log] of logs) {
      const refusal = refusalOf(log, topic, partition);
      if (refusal !== null && !refusal.isOfBroker) failures.add({ part: 'partition', topic, partition }, refusal);
    }
  }
}

function logsOf(reads: LogReads, layout: ClusterLayout): ReadonlyMap<string, readonly (PartitionLog | null)[]> {
  const entries = [...reads].map(([topic, logs]) => {
    const pairs = [...logs].map(([partition, log]) => [partition, partitionLogOf(log)] as const);
    return [topic, byPartition(pairs, layout.topics.get(topic)?.leaders.length ?? 0)] as const;
  });
  return new Map(entries);
}
