import { setTimeout as delay } from 'node:timers/promises';
import { coordinatorsOf } from './group-members.ts';
import { type WireClient, wireApi, wireClient } from './wire-client.ts';

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

/** So many commits are under way at once, per coordinator. */
const AT_ONCE = 100;

/** Commits as a client does that is its own group leader. */
export async function commitOffsets(broker: string, commits: readonly Commit[]): Promise<void> {
  const coordinators = await coordinatorsOf(
    broker,
    commits.map(({ group }) => group),
  );
  for (const [coordinator = '', own] of Map.groupBy(commits, ({ group }) => coordinators.get(group))) {
    const client = await wireClient(coordinator);
    try {
      for (let start = 0; start < own.length; start += AT_ONCE) {
        await Promise.all(own.slice(start, start + AT_ONCE).map((commit) => commitOne(client, commit)));
      }
    } finally {
      client.close();
    }
  }
}

async function commitOne(client: WireClient, { group, offsets, member }: Commit): Promise<void> {
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
