import { setTimeout as delay } from 'node:timers/promises';
import { coordinatorOf } from './group-members.ts';
import { wireApi, wireClient } from './wire-client.ts';

const OFFSET_COMMIT = wireApi(8, 'OffsetCommit', 9, {
  request: `group_id cstr, generation_id_or_member_epoch i32, member_id cstr, group_instance_id cstr?,
    topics carr<{
      name cstr,
      partitions carr<{
        partition_index i32, committed_offset i64, committed_leader_epoch i32, committed_metadata cstr?, tags
      }>,
      tags
    }>,
    tags`,
  response: `throttle_time_ms i32,
    topics carr<{ name cstr, partitions carr<{ partition_index i32, error_code i16, tags }>, tags }>, tags`,
});

export interface Commit {
  readonly group: string;
  /** By topic, offset by partition; null: none. */
  readonly offsets: Readonly<Record<string, readonly (number | null)[]>>;
  /** Of a live member of a KIP-848 or streams group; absent: the group has no members, as with `assign()`. */
  readonly member?: { readonly memberId: string; epoch(): number };
}

/** Commits as a client does that is its own group leader. */
export async function commitOffsets(broker: string, commits: readonly Commit[]): Promise<void> {
  const [first] = commits;
  if (first === undefined) return;
  for (const [coordinator, own] of Map.groupBy(await withCoordinators(broker, commits), ([address]) => address)) {
    const client = await wireClient(coordinator);
    try {
      await Promise.all(own.map(([, commit]) => commitOne(client, commit)));
    } finally {
      client.close();
    }
  }
}

async function withCoordinators(broker: string, commits: readonly Commit[]) {
  const pairs: [string, Commit][] = [];
  for (const commit of commits) pairs.push([await coordinatorOf(broker, commit.group), commit]);
  return pairs;
}

async function commitOne(
  client: Awaited<ReturnType<typeof wireClient>>,
  { group, offsets, member }: Commit,
): Promise<void> {
  const request = {
    group_id: group,
    generation_id_or_member_epoch: member?.epoch() ?? -1,
    member_id: member?.memberId ?? '',
    group_instance_id: null,
    topics: Object.entries(offsets).map(([name, byPartition]) => ({
      name,
      partitions: byPartition.flatMap((offset, partition_index) =>
        offset === null
          ? []
          : [
              {
                partition_index,
                committed_offset: BigInt(offset),
                committed_leader_epoch: -1,
                committed_metadata: '',
                tags: [],
              },
            ],
      ),
      tags: [],
    })),
  };
  for (let attempt = 0; ; attempt += 1) {
    const { topics } = await client.ask(OFFSET_COMMIT, request);
    const codes = topics.flatMap((topic: { partitions: { error_code: number }[] }) =>
      topic.partitions.map(({ error_code }) => error_code),
    );
    if (codes.every((code: number) => code === 0)) return;
    if (attempt > 50) throw new Error(`OffsetCommit of "${group}": ${codes}`);
    await delay(100);
  }
}
