import { coordinatorOf } from './group-members.ts';
import { wireApi, wireClient } from './wire-client.ts';

const ALTER_SHARE_GROUP_OFFSETS = wireApi(91, 'AlterShareGroupOffsets', 0, {
  request: `group_id cstr,
    topics carr<{ topic_name cstr, partitions carr<{ partition_index i32, start_offset i64, tags }>, tags }>, tags`,
  response: 'throttle_time_ms i32, error_code i16, error_message cstr?',
});

/** Makes a share group that starts at the given offsets, by partition; it has no members yet. */
export async function startShareGroupAt(
  broker: string,
  { group, topic, startOffsets }: { group: string; topic: string; startOffsets: readonly number[] },
): Promise<void> {
  const client = await wireClient(await coordinatorOf(broker, group));
  try {
    const partitions = startOffsets.map((offset, partition_index) => ({
      partition_index,
      start_offset: BigInt(offset),
      tags: [],
    }));
    const topics = [{ topic_name: topic, partitions, tags: [] }];
    const { error_code, error_message } = await client.ask(ALTER_SHARE_GROUP_OFFSETS, { group_id: group, topics });
    if (error_code !== 0) throw new Error(`AlterShareGroupOffsets: ${error_code} ${error_message}`);
  } finally {
    client.close();
  }
}
