import type { ByteReader } from '../wire/byte-reader.ts';

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/**
 * An assignment as KIP-848 and share groups write it.
 * ```
 * assignment { topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags }
 * ```
 */
export function readAssignment(reader: ByteReader): readonly TopicPartitions[] {
  const topics = reader.compactArray(() => {
    reader.skipUuid();
    const topic = reader.compactString();
    const partitions = reader.compactArray(() => reader.int32());
    reader.skipTags();
    return { topic, partitions };
  });
  reader.skipTags();
  return topics;
}
