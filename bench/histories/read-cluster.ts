import type { GroupSnapshot, GroupState, Member, ShareProgress } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import type { ClusterPlan } from './plan.ts';
import { type SimulatedGroup, sharesAll } from './simulated-group.ts';
import { type SimulatedTopic, within } from './simulated-topic.ts';

/** A cluster at one second of its history. */
export interface ClusterNow {
  readonly plan: ClusterPlan;
  readonly topics: ReadonlyMap<string, SimulatedTopic>;
  readonly groups: readonly SimulatedGroup[];
  readonly second: number;
}

/** What a reading returns. One half of it is `lateS` seconds older than the other: commits, or ends if those come first. */
export function readCluster(now: ClusterNow, atMs: number, lateS: number): ClusterSnapshot {
  const { plan, topics, groups, second } = now;
  const { endsFirst } = plan.reading;
  const readable = groups.filter((group) => second >= group.plan.since && !coordinatorIsDown(group, now));
  return {
    cluster: plan.name,
    atMs,
    topics: new Map(Array.from(topics, ([name, topic]) => [name, logsOf(topic, now, endsFirst ? lateS : 0)])),
    groups: new Map(readable.map((group) => [group.plan.name, groupOf(group, second, endsFirst ? 0 : lateS)])),
    failures: [],
  };
}

const isDown = (broker: number, { plan, second }: ClusterNow): boolean =>
  plan.brokerOutages.some((outage) => !outage.readable && outage.broker === broker && within(second, outage));

const coordinatorIsDown = ({ plan: { name } }: SimulatedGroup, now: ClusterNow): boolean =>
  isDown(name.length % 3, now);

function logsOf(
  { plan, ends, startOffsets }: SimulatedTopic,
  now: ClusterNow,
  earlyS: number,
): (PartitionLog | null)[] {
  const logs: (PartitionLog | null)[] = [];
  for (const [partition, column] of ends.entries()) {
    if (now.second < (plan.since[partition] ?? 0)) continue;
    const logEndOffset = column[Math.max(0, now.second - earlyS)] ?? 0;
    logs.push(isDown(partition % 3, now) ? null : { logStartOffset: startOffsets[partition] ?? 0, logEndOffset });
  }
  return logs;
}

function groupOf(group: SimulatedGroup, second: number, lateS: number): GroupSnapshot {
  const { plan, deleted } = group;
  const rebalancing = second < group.rebalancingUntil || plan.rebalances.some((span) => within(second, span));
  const members = plan.manual || deleted ? [] : membersOf(group, rebalancing);
  const committed = deleted ? new Map() : commitsOf(group, second, lateS);
  const told = { type: plan.type, state: stateOf(group, members.length === 0, rebalancing, second), members };
  if (!sharesAll(plan)) return { ...told, committed };
  return { ...told, committed: new Map(), share: progressOf(group, committed, second) };
}

/** Groups of the newer protocol are seldom seen in another state than Stable, even while they rebalance. */
const SELDOM_S = 5;

function stateOf({ plan, deleted }: SimulatedGroup, empty: boolean, rebalancing: boolean, second: number): GroupState {
  if (deleted) return 'Dead';
  if (empty) return 'Empty';
  if (!rebalancing || sharesAll(plan)) return 'Stable';
  if (plan.type === 'classic') return 'PreparingRebalance';
  return second % SELDOM_S === 0 ? 'Reconciling' : 'Stable';
}

function commitsOf(
  { positions, recent }: SimulatedGroup,
  second: number,
  lateS: number,
): Map<string, (number | null)[]> {
  const committed = new Map<string, (number | null)[]>();
  const commits = recent[Math.min(lateS, recent.length - 1)] ?? [];
  for (const [index, { topic, partition }] of positions.entries()) {
    if (second < (topic.plan.since[partition] ?? 0)) continue;
    const offsets = committed.get(topic.plan.name) ?? [];
    offsets[partition] = commits[index] ?? null;
    committed.set(topic.plan.name, offsets);
  }
  return committed;
}

/** A share group has no commits: the broker tells how far it came and what is left. */
function progressOf(
  { positions }: SimulatedGroup,
  committed: ReadonlyMap<string, readonly (number | null)[]>,
  second: number,
): Map<string, (ShareProgress | null)[]> {
  const progress = new Map<string, (ShareProgress | null)[]>();
  for (const [name, offsets] of committed) {
    const topic = positions.find((place) => place.topic.plan.name === name)?.topic;
    const ends = topic?.ends.map((column) => column[second] ?? 0) ?? [];
    progress.set(
      name,
      offsets.map((offset, partition) =>
        offset === null ? null : { startOffset: offset, lagMessages: Math.max(0, (ends[partition] ?? 0) - offset) },
      ),
    );
  }
  return progress;
}

/** A classic group that rebalances shows the old assignment of some of its members, and none of the others. */
function membersOf({ plan, members, positions }: SimulatedGroup, rebalancing: boolean): Member[] {
  return members.flatMap((member, index) => {
    if (!member.present && !member.ghost) return [];
    const assigned = new Map<string, number[]>();
    for (const { topic, partition, owner } of positions) {
      if (
        (owner !== index && !(sharesAll(plan) && owner >= 0)) ||
        (rebalancing && plan.type === 'classic' && index % 2 === 0)
      )
        continue;
      assigned.set(topic.plan.name, [...(assigned.get(topic.plan.name) ?? []), partition]);
    }
    return [
      {
        memberId: member.id,
        clientId: `${plan.name}-app-${index}`,
        host: member.host,
        instanceId: plan.staticMembers ? `${plan.name}-${index}` : null,
        assigned,
      },
    ];
  });
}
