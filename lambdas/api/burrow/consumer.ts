import type { GroupVerdict, PartitionVerdict } from '../../core/status/verdict.ts';
import type { ClusterView } from '../view/cluster-views.ts';
import { type BurrowCommit, COMMITS_KEPT, commitsOf } from './commits.ts';
import { type BurrowStatus, groupStatusOf, type Judged, partitionStatusOf, unknownStatus } from './status.ts';

/** A partition of a group; fields and their order as Burrow's. */
export interface BurrowPartition {
  readonly topic: string;
  readonly partition: number;
  readonly owner: string;
  readonly client_id: string;
  readonly status: BurrowStatus;
  readonly start: BurrowCommit | null;
  readonly end: BurrowCommit | null;
  readonly current_lag: number;
  /** Share of the window that is known, 0–1. */
  readonly complete: number;
}

export interface BurrowGroup {
  readonly cluster: string;
  readonly group: string;
  readonly status: BurrowStatus;
  readonly complete: number;
  readonly partitions: readonly BurrowPartition[];
  readonly partition_count: number;
  readonly maxlag: BurrowPartition | null;
  readonly totallag: number;
}

/** What Burrow says of a group that it does not know: no error, though the HTTP status is 404. */
export const unknownGroup = (cluster: string, group: string): BurrowGroup => ({
  cluster,
  group,
  status: 'NOTFOUND',
  complete: 1,
  partitions: [],
  partition_count: 0,
  maxlag: null,
  totallag: 0,
});

/** What a status rests on beside the view. */
export interface BurrowClock {
  readonly nowMs: number;
  readonly timesFaster: number;
}

/** A group's status with all of its partitions. */
export function burrowGroup(view: ClusterView, verdict: GroupVerdict, clock: BurrowClock): BurrowGroup {
  const windowFromMs = view.window[0]?.atMs ?? view.atMs;
  const partitions = [...verdict.partitions].flatMap(([topic, verdicts]) =>
    verdicts.flatMap((one, partition): BurrowPartition[] => {
      if (one === null) return [];
      const commits = commitsOf(view.window, { group: verdict.group, topic, partition });
      return [burrowPartition({ topic, partition }, one, { ...clock, commits, windowFromMs })];
    }),
  );
  const statuses = partitions.map(({ status }) => status);
  const nothingKnown = verdict.status === 'UNKNOWN' && partitions.length === 0;
  if (nothingKnown) statuses.push(unknownStatus({ ...clock, commits: [], windowFromMs }));
  const whole = partitions.filter(({ complete }) => complete === 1).length;
  return {
    cluster: view.cluster,
    group: verdict.group,
    status: groupStatusOf(verdict, statuses),
    complete: partitions.length === 0 ? 0 : whole / partitions.length,
    partitions,
    partition_count: partitions.length,
    maxlag: partitions.reduce<BurrowPartition | null>(
      (most, one) => (most === null || one.current_lag > most.current_lag ? one : most),
      null,
    ),
    totallag: partitions.reduce((sum, { current_lag }) => sum + current_lag, 0),
  };
}

function burrowPartition(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  verdict: PartitionVerdict,
  judged: Judged,
): BurrowPartition {
  const { commits } = judged;
  return {
    topic,
    partition,
    owner: verdict.owner?.host ?? '',
    client_id: verdict.owner?.clientId ?? '',
    status: partitionStatusOf(verdict, judged),
    start: commits[0] ?? null,
    end: commits.at(-1) ?? null,
    // Burrow has no word for an unknown lag. Completeness is what tells it from none.
    current_lag: verdict.lagMessages ?? 0,
    complete: verdict.status === 'UNKNOWN' ? 0 : commits.length / COMMITS_KEPT,
  };
}

/** By topic, indexed by partition; note the dash. */
export type BurrowConsumer = Readonly<Record<string, readonly BurrowConsumerPartition[]>>;

interface BurrowConsumerPartition {
  readonly offsets: readonly (BurrowCommit | null)[];
  readonly owner: string;
  readonly client_id: string;
  readonly 'current-lag': number;
}

/** A group's commits, partition by partition. */
export const burrowConsumer = ({ window }: ClusterView, { group, partitions }: GroupVerdict): BurrowConsumer =>
  Object.fromEntries(
    Array.from(partitions, ([topic, verdicts]) => [
      topic,
      verdicts.map((verdict, partition) => ({
        offsets: filledUp(verdict === null ? [] : commitsOf(window, { group, topic, partition })),
        owner: verdict?.owner?.host ?? '',
        client_id: verdict?.owner?.clientId ?? '',
        'current-lag': verdict?.lagMessages ?? 0,
      })),
    ]),
  );

/** Burrow shows a window that is not full with blanks before it. */
const filledUp = (commits: readonly BurrowCommit[]): readonly (BurrowCommit | null)[] => [
  ...Array.from({ length: COMMITS_KEPT - commits.length }, () => null),
  ...commits,
];
