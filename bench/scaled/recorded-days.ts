import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { writeSet } from '../histories/write-set.ts';
import { labelledHistories } from '../status/labelled-histories.ts';

/** A day of a small cluster, minute by minute. Members that did not change are the same list. */
export type RecordedDay = readonly ClusterSnapshot[];

/** Days of a labelled set: that of `directory`, or one that is simulated once and kept under .cache. */
export async function recordedDays(directory: string | undefined): Promise<readonly RecordedDay[]> {
  const days: RecordedDay[] = [];
  for await (const { snapshots } of labelledHistories(directory ?? simulatedSet()))
    days.push(sharingMembers(snapshots));
  return days;
}

/** One of each healthy life, and as many with faults. */
const SIMULATED_DAYS = 56;

function simulatedSet(): string {
  const directory = join('.cache', 'histories', `1-${SIMULATED_DAYS}`);
  if (!existsSync(join(directory, 'index.json'))) {
    console.error(`simulating ${SIMULATED_DAYS} days into ${directory}`);
    writeSet(
      directory,
      Array.from({ length: SIMULATED_DAYS }, (_, number) => number),
      1,
    );
  }
  return directory;
}

function sharingMembers(snapshots: readonly ClusterSnapshot[]): RecordedDay {
  const lists = new Map<string, GroupSnapshot['members']>();
  const shared = (members: GroupSnapshot['members']): GroupSnapshot['members'] => {
    const text = JSON.stringify(members, (_, value) => (value instanceof Map ? [...value] : value));
    const known = lists.get(text) ?? members;
    lists.set(text, known);
    return known;
  };
  return snapshots.map((snapshot) => ({
    ...snapshot,
    groups: new Map(
      Array.from(snapshot.groups, ([name, group]) => [name, { ...group, members: shared(group.members) }]),
    ),
  }));
}
