import type { ShareProgress } from '../../core/cluster/group.ts';
import type { ShareGroupOffsets, SharePartitionOffset } from './api/describe-share-group-offsets.ts';
import type { FetchedGroup } from './api/offset-fetch.ts';
import { byPartition } from './by-partition.ts';
import { errorName, isRetriable } from './error-codes.ts';
import { type Outcome, type Positions, type Refusal, refusedBy } from './group-outcome.ts';

/** What the answers about one group are read against. */
export interface TopicKnowledge {
  readonly allowsTopic: (topic: string) => boolean;
  /** 0: not known. */
  readonly partitionsOf: (topic: string) => number;
}

/**
 * Committed offsets. A negative one is no position: kafkajs consumers commit it when their reset finds nothing to
 * start from. One partition that fails makes the group fail: a group with a hole would look like one that never read there.
 */
export function committedOf(fetched: FetchedGroup, { allowsTopic, partitionsOf }: TopicKnowledge): Outcome<Positions> {
  if (fetched.errorCode !== 0) return refusedBy('OffsetFetch', { ...fetched, errorMessage: null });
  const committed = new Map<string, readonly (number | null)[]>();
  for (const { topic, partitions } of fetched.topics) {
    if (!allowsTopic(topic)) continue;
    for (const { partition, offset, errorCode } of partitions) {
      const refusal = refusalOf(fetched.group, topic, { partition, errorCode, offset });
      if (refusal !== null) return refusal;
    }
    const positions = partitions
      .filter(({ offset }) => offset >= 0)
      .map(({ partition, offset }) => [partition, offset] as const);
    if (positions.length > 0) committed.set(topic, byPartition(positions, partitionsOf(topic)));
  }
  return { kind: 'answered', answer: { committed } };
}

/** A share group's start offsets and lags. A negative start offset: not started there. */
export function shareProgressOf(
  read: ShareGroupOffsets,
  { allowsTopic, partitionsOf }: TopicKnowledge,
): Outcome<Positions> {
  if (read.errorCode !== 0) return refusedBy('DescribeShareGroupOffsets', read);
  const share = new Map<string, readonly (ShareProgress | null)[]>();
  for (const { topic, partitions } of read.topics) {
    if (!allowsTopic(topic)) continue;
    for (const { partition, startOffset, errorCode } of partitions) {
      const refusal = refusalOf(read.group, topic, { partition, errorCode, offset: startOffset });
      if (refusal !== null) return refusal;
    }
    const started = partitions.filter(({ startOffset }) => startOffset >= 0);
    if (started.length > 0) {
      share.set(
        topic,
        byPartition(
          started.map((entry) => [entry.partition, progressOf(entry)] as const),
          partitionsOf(topic),
        ),
      );
    }
  }
  return { kind: 'answered', answer: { committed: new Map(), share } };
}

function progressOf({ startOffset, lag }: SharePartitionOffset): ShareProgress {
  return { startOffset, lagMessages: lag !== null && lag >= 0 && Number.isSafeInteger(lag) ? lag : null };
}

function refusalOf(
  group: string,
  topic: string,
  { partition, errorCode, offset }: { partition: number; errorCode: number; offset: number },
): Refusal | null {
  if (errorCode !== 0) {
    const code = errorName(errorCode);
    return refused(code, `group "${group}", partition ${topic}/${partition}: ${code}`, isRetriable(errorCode));
  }
  if (!Number.isSafeInteger(offset)) {
    return refused('OFFSET_TOO_LARGE', `group "${group}", partition ${topic}/${partition}: offset beyond 2^53`, false);
  }
  return null;
}

function refused(code: string, message: string, retriable: boolean): Refusal {
  return { kind: 'refused', code, message, retriable };
}
