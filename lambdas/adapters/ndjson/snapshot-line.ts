import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import { parseFailures } from './failure-lines.ts';
import { parseGroups, renderGroup } from './group-lines.ts';
import type { JsonObject } from './json.ts';
import { isWhole, objectOf, WHOLE } from './json.ts';
import { Mismatch } from './mismatch.ts';
import { parseTopics, renderLog } from './topic-lines.ts';

/** A snapshot's line. `failures` is ours. */
interface SnapshotJson {
  readonly at?: unknown;
  readonly cluster?: unknown;
  readonly topics?: unknown;
  readonly groups?: unknown;
  readonly failures?: unknown;
}

/** A snapshot out of its line's JSON. Unknown fields are ignored; anything else that does not fit throws a Mismatch. */
export function parseSnapshot(json: JsonObject): ClusterSnapshot {
  const { at, cluster, topics, groups, failures }: SnapshotJson = json;
  if (!isWhole(at)) throw new Mismatch(at, 'epoch milliseconds', 'at');
  if (typeof cluster !== 'string') throw new Mismatch(cluster, 'a string', 'cluster');
  return {
    cluster,
    atMs: at,
    topics: parseTopics(topics),
    groups: parseGroups(groups),
    failures: failures === undefined ? [] : parseFailures(failures),
  };
}

/** One line, without its newline. Parsing it gives the same snapshot. */
export function renderSnapshot(snapshot: ClusterSnapshot): string {
  if (!isWhole(snapshot.atMs)) throw new Error(`invariant: a snapshot at ${snapshot.atMs} ms (${WHOLE})`);
  return JSON.stringify({
    at: snapshot.atMs,
    cluster: snapshot.cluster,
    topics: objectOf(snapshot.topics, (logs) => logs.map(renderLog)),
    groups: objectOf(snapshot.groups, renderGroup),
    failures: snapshot.failures.length === 0 ? undefined : snapshot.failures,
  });
}
