import type { GroupSnapshot, GroupState } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import type { Judgement } from '../../lambdas/core/gate/judgement.ts';
import { openJudgement } from '../../lambdas/core/gate/open-judgement.ts';
import { DEFAULT_GATE_SETTINGS, type GateSettings } from '../../lambdas/core/gate/settings.ts';
import type { Release } from '../../lambdas/core/release/release.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from './snapshots.ts';

const MINUTE_MS = 60_000;

/** A release of group "billing"; members whose client id begins with `new` are the new version. */
export function aRelease(part: Partial<Release> = {}): Release {
  return {
    id: 'r-1',
    group: 'billing',
    strategy: 'canary',
    startedAtMs: T0_MS,
    canary: { client: '^new', instance: null, host: null },
    deadlineMs: 30 * MINUTE_MS,
    ...part,
  };
}

/** One member as a story tells it: what it owns by partition number. */
export interface Actor {
  client: string;
  id: string;
  host: string;
  instance: string | null;
  owns: number[];
}

/** One minute of a story; a twist changes it. */
export interface Frame {
  /** Minutes since the start; negative before it. */
  readonly minute: number;
  state: GroupState;
  members: Actor[];
  starts: number[];
  ends: number[];
  committed: (number | null)[];
  /** End offset of orders.DLQ; null: the topic is not in the snapshot. */
  deadLetters: number | null;
  /** Other groups, which read all of the same topic. */
  others: Record<string, Actor[]>;
  /** False: the snapshot does not hold the group. */
  isSeen: boolean;
}

export interface Story {
  readonly release: Release;
  readonly snapshots: readonly ClusterSnapshot[];
}

/** Messages that each partition gets in a minute. */
export const PER_MINUTE = 600;

/**
 * A healthy release, minute by minute: four partitions of even traffic, two old members, and from minute 1 on the new
 * version, which commits every five seconds. `twist` tells what is different; it sees the minutes in order.
 */
export function aReleaseStory(
  part: Partial<Release> & { readonly from?: number; readonly until?: number; readonly partitions?: number } = {},
  twist: (frame: Frame) => void = () => {},
): Story {
  const { from = -40, until = 31, partitions = 4, ...of } = part;
  const release = aRelease(of);
  const snapshots: ClusterSnapshot[] = [];
  for (let minute = from; minute <= until; minute++) {
    const frame = healthyFrame(release, minute, partitions);
    twist(frame);
    snapshots.push(snapshotOf(frame));
  }
  return { release, snapshots };
}

function healthyFrame({ strategy }: Release, minute: number, partitions: number): Frame {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const ends = all.map((partition) => 1_000_000 + partition * 7 + minute * PER_MINUTE);
  return {
    minute,
    state: 'Stable',
    members: castOf(strategy, minute, all),
    starts: all.map(() => 0),
    ends,
    committed: ends.map((end) => end - PER_MINUTE / 20),
    deadLetters: 100,
    others: {},
    isSeen: true,
  };
}

function castOf(strategy: Release['strategy'], minute: number, all: readonly number[]): Actor[] {
  const even = all.filter((partition) => partition % 2 === 0);
  const odd = all.filter((partition) => partition % 2 === 1);
  if (minute < 1) return [anActor('old-0', even), anActor('old-1', odd)];
  if (strategy !== 'canary') return [anActor('new-0', even), anActor('new-1', odd)];
  return [anActor('new-0', all.slice(0, 1)), anActor('old-0', even.slice(1)), anActor('old-1', odd)];
}

export const anActor = (client: string, owns: number[], part: Partial<Actor> = {}): Actor => ({
  client,
  id: `${client}-uuid`,
  host: `/host-of-${client}`,
  instance: null,
  owns,
  ...part,
});

function snapshotOf(frame: Frame): ClusterSnapshot {
  const logs: PartitionLog[] = frame.ends.map((end, p) => aLog(end, { logStartOffset: frame.starts[p] ?? 0 }));
  const topics = new Map([['orders', logs]]);
  if (frame.deadLetters !== null) topics.set('orders.DLQ', [aLog(frame.deadLetters)]);
  const groups = new Map<string, GroupSnapshot>();
  if (frame.isSeen) groups.set('billing', groupOf(frame.members, frame.state, frame.committed));
  for (const [name, members] of Object.entries(frame.others)) groups.set(name, groupOf(members, 'Stable', frame.ends));
  return aSnapshot({ atMs: T0_MS + frame.minute * MINUTE_MS, topics, groups });
}

function groupOf(actors: readonly Actor[], state: GroupState, committed: readonly (number | null)[]): GroupSnapshot {
  const members = actors.map(({ client, id, host, instance, owns }) =>
    aMember({ memberId: id, clientId: client, host, instanceId: instance, assigned: new Map([['orders', owns]]) }),
  );
  return aGroup({ state, members, committed: new Map([['orders', committed]]) });
}

/** What the gate came to in a story, and when. */
export interface Outcome {
  readonly decision: Judgement['decision'];
  readonly codes: readonly string[];
  readonly minute: number;
  readonly judgement: Judgement;
}

/** Judges a story up to its first final decision, or to its end. */
export function outcomeOf({ release, snapshots }: Story, settings: GateSettings = DEFAULT_GATE_SETTINGS): Outcome {
  const run = openJudgement(release, settings);
  let outcome: Outcome | null = null;
  for (const snapshot of snapshots) {
    const judgement = run.observe(snapshot);
    const { decision, reasons } = judgement;
    const minute = (snapshot.atMs - T0_MS) / MINUTE_MS;
    outcome = { decision, codes: reasons.map(({ code }) => code), minute, judgement };
    if (decision !== 'CONTINUE') break;
  }
  if (outcome === null) throw new Error('a story without snapshots has no outcome');
  return outcome;
}
