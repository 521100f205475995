import type { GroupSnapshot } from './group.ts';
import type { ClusterSnapshot, ReadFailure } from './snapshot.ts';

/**
 * What a snapshot says about one group: the group, the topics that it reads or has read, and the failures that touch
 * either. A group that is absent from the snapshot leaves no topics.
 */
export function snapshotOfGroup(snapshot: ClusterSnapshot, group: string): ClusterSnapshot {
  const found = snapshot.groups.get(group);
  const topics = found === undefined ? new Set<string>() : topicsOf(found);
  return {
    cluster: snapshot.cluster,
    atMs: snapshot.atMs,
    topics: new Map([...snapshot.topics].filter(([topic]) => topics.has(topic))),
    groups: found === undefined ? new Map() : new Map([[group, found]]),
    failures: snapshot.failures.filter((failure) => concerns(failure, group, topics)),
  };
}

/** Every topic that a group has committed to, shares in, or is assigned now or next. */
export function topicsOf({ committed, share, members }: GroupSnapshot): Set<string> {
  const topics = new Set(committed.keys());
  for (const topic of share?.keys() ?? []) topics.add(topic);
  for (const { assigned, target } of members ?? []) {
    for (const topic of assigned.keys()) topics.add(topic);
    for (const topic of target?.keys() ?? []) topics.add(topic);
  }
  return topics;
}

/** Whether these are just the group's topics: as to compare with `topicsOf`, without making that set for each of many groups. */
export function areTopicsOf(group: GroupSnapshot, topics: ReadonlyMap<string, unknown>): boolean {
  for (const topic of topics.keys()) if (!isTopicOf(group, topic)) return false;
  const { committed, share, members } = group;
  if (!areAmong(topics, committed) || (share !== undefined && !areAmong(topics, share))) return false;
  for (const { assigned, target } of members ?? []) {
    if (!areAmong(topics, assigned) || (target !== undefined && !areAmong(topics, target))) return false;
  }
  return true;
}

const isTopicOf = ({ committed, share, members }: GroupSnapshot, topic: string): boolean =>
  committed.has(topic) ||
  share?.has(topic) === true ||
  members?.some(({ assigned, target }) => assigned.has(topic) || target?.has(topic)) === true;

function areAmong(topics: ReadonlyMap<string, unknown>, some: ReadonlyMap<string, unknown>): boolean {
  for (const topic of some.keys()) if (!topics.has(topic)) return false;
  return true;
}

function concerns(failure: ReadFailure, group: string, topics: ReadonlySet<string>): boolean {
  switch (failure.part) {
    case 'broker':
      return true;
    case 'group':
    case 'members':
      return failure.group === group;
    case 'partition':
      return topics.has(failure.topic);
  }
}
