import type { GroupSnapshot, GroupState, GroupType, Member } from '../../cluster/group.ts';
import { topicsOf } from '../../cluster/one-group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../cluster/snapshot.ts';
import type { MemberSelector, Release } from '../../release/release.ts';

/** What one snapshot says that matters to one release. */
export interface ReleaseSample {
  readonly atMs: number;
  readonly type: GroupType;
  readonly state: GroupState;
  /** Null: the members could not be read. */
  readonly members: readonly Member[] | null;
  readonly partitions: readonly PartitionSample[];
  /** By dead-letter topic the sum of its end offsets; null: not all of it could be read. */
  readonly deadLetters: ReadonlyMap<string, number | null>;
  /** Another group in which members of the new version read the same topics; null: there is none. */
  readonly strayGroup: string | null;
}

export interface PartitionSample {
  readonly topic: string;
  readonly partition: number;
  /** Null: could not be read. */
  readonly log: PartitionLog | null;
  /** Null: nothing committed. */
  readonly committed: number | null;
  /** Place in `members` of who owns it. Null: the members could not be read. */
  readonly owner: number | 'nobody' | null;
}

/** Null when the snapshot does not hold the group: then nothing is known, which is not the same as gone. */
export function releaseSampleOf(
  release: Release,
  deadLetterTopics: readonly string[],
  snapshot: ClusterSnapshot,
): ReleaseSample | null {
  const group = snapshot.groups.get(release.group);
  if (group === undefined) return null;
  const all = [...topicsOf(group)];
  const graves = new Set(deadLetterTopics.flatMap((name) => all.map((topic) => name.replaceAll('{topic}', topic))));
  const topics = all.filter((topic) => !graves.has(topic));
  return {
    atMs: snapshot.atMs,
    type: group.type,
    state: group.state,
    members: group.members,
    partitions: topics.flatMap((topic) => partitionsOf(topic, group, snapshot.topics.get(topic) ?? [])),
    deadLetters: deadLettersOf(graves, snapshot),
    strayGroup: strayGroupOf(release, topics, snapshot),
  };
}

function partitionsOf(topic: string, group: GroupSnapshot, logs: readonly (PartitionLog | null)[]): PartitionSample[] {
  const committed = group.committed.get(topic) ?? [];
  const owners = new Map<number, number>();
  group.members?.forEach((member, place) => {
    for (const partition of member.assigned.get(topic) ?? []) owners.set(partition, place);
  });
  return Array.from({ length: Math.max(logs.length, committed.length) }, (_, partition) => ({
    topic,
    partition,
    log: logs[partition] ?? null,
    committed: committed[partition] ?? null,
    owner: group.members === null ? null : (owners.get(partition) ?? 'nobody'),
  }));
}

function deadLettersOf(graves: ReadonlySet<string>, { topics }: ClusterSnapshot): Map<string, number | null> {
  const sums = new Map<string, number | null>();
  for (const topic of graves) {
    const logs = topics.get(topic);
    if (logs)
      sums.set(topic, logs.includes(null) ? null : logs.reduce((sum, log) => sum + (log?.logEndOffset ?? 0), 0));
  }
  return sums;
}

function strayGroupOf(release: Release, topics: readonly string[], { groups }: ClusterSnapshot): string | null {
  const reads = ({ assigned }: Member): boolean => topics.some((topic) => (assigned.get(topic)?.length ?? 0) > 0);
  for (const [name, { members }] of groups) {
    if (name === release.group) continue;
    if (members?.some((member) => reads(member) && isSelected(release.canary, member))) return name;
  }
  return null;
}

/** Whether the selector picks this member: every pattern that is set matches. */
export function isSelected({ client, instance, host }: MemberSelector, member: Member): boolean {
  const fits = (pattern: string | null, text: string | null): boolean =>
    pattern === null || (text !== null && new RegExp(pattern).test(text));
  return fits(client, member.clientId) && fits(instance, member.instanceId) && fits(host, member.host);
}
