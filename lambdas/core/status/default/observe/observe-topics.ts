import type { ClusterSnapshot, PartitionLog } from '../../../cluster/snapshot.ts';
import type { ClusterMemory, TopicMemory } from '../cluster-memory.ts';
import type { Instant } from '../instant.ts';
import { LogMemory } from '../log-memory.ts';

/** Takes the end offsets of a snapshot into their columns. A topic that is absent is unknown, not gone. */
export function observeTopics({ topics }: ClusterSnapshot, instant: Instant): void {
  const { memory, cell, atMs } = instant;
  for (const [name, partitions] of topics) {
    const topic = topicOf(memory, name);
    topic.seenAtMs = atMs;
    while (topic.logs.length < partitions.length) topic.logs.push(new LogMemory(memory.logRows));
    const { logs } = topic;
    for (let partition = 0; partition < logs.length; partition++) {
      const read = partitions[partition] ?? null;
      const log = logs[partition];
      if (log === undefined) continue;
      if (read === null) log.putEnd(cell, Number.NaN);
      else observeLog(log, read, instant);
    }
  }
  for (const topic of memory.topics.values()) {
    if (topic.seenAtMs !== atMs) for (const log of topic.logs) log.putEnd(cell, Number.NaN);
  }
}

function observeLog(log: LogMemory, read: PartitionLog, { memory, atMs, cell, settings }: Instant): void {
  // A consumer that reads committed messages only comes no farther than the last stable offset.
  const endOffset = read.lastStableOffset ?? read.logEndOffset;
  // An end that falls is another log under the old name: the topic was made anew, or truncated.
  if (endOffset < log.endOffset) log.beginAnew(memory.logRows);
  if (endOffset === log.endOffset) {
    log.quietSamples += 1;
  } else {
    log.busySamples = log.quietSamples > 0 ? 1 : log.busySamples + 1;
    log.quietSamples = 0;
    log.endMovedAtMs = atMs;
  }
  log.putEnd(cell, endOffset);
  log.endOffset = endOffset;
  log.startOffset = read.logStartOffset;
  log.readAtMs = atMs;
  if (!(atMs - log.startThenAtMs < settings.retentionRateMs)) {
    log.startThenOffset = read.logStartOffset;
    log.startThenAtMs = atMs;
  }
}

function topicOf({ topics }: ClusterMemory, name: string): TopicMemory {
  const known = topics.get(name);
  if (known) return known;
  const topic: TopicMemory = { logs: [], seenAtMs: Number.NaN };
  topics.set(name, topic);
  return topic;
}
