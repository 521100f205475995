import type { GroupPlan } from './plan.ts';
import type { SimulatedTopic } from './simulated-topic.ts';

/** One topic-partition that a group reads. */
export interface Position {
  readonly topic: SimulatedTopic;
  readonly partition: number;
  /** The next message it will handle; -1 before it begins. */
  position: number;
  /** Null: never committed. */
  committed: number | null;
  /** Which member reads it; -1: nobody. */
  owner: number;
}

export interface SimulatedMember {
  present: boolean;
  /** Gone, but the coordinator does not know yet. */
  ghost: boolean;
  ghostUntil: number;
  id: string;
  host: string;
  /** Messages that it may still handle: a slow one saves up for its next. */
  credit: number;
}

export interface SimulatedGroup {
  readonly plan: GroupPlan;
  readonly positions: readonly Position[];
  /** One for each member of the plan; a group without members works as one. */
  readonly members: readonly SimulatedMember[];
  rebalancingUntil: number;
  deleted: boolean;
  /** Commits of the last seconds, newest first, to be read a little late. */
  readonly recent: (readonly (number | null)[])[];
}

/** The members of a share group all read from all partitions. */
export const sharesAll = ({ type }: GroupPlan): boolean => type === 'share';

export const simulatedGroup = (plan: GroupPlan, topics: ReadonlyMap<string, SimulatedTopic>): SimulatedGroup => ({
  plan,
  positions: plan.topics.flatMap((name) => {
    const topic = topics.get(name);
    if (topic === undefined) throw new Error(`invariant: group ${plan.name} reads ${name}, which the plan lacks`);
    return Array.from({ length: topic.plan.partitions }, (_, partition) => ({
      topic,
      partition,
      position: -1,
      committed: null,
      owner: -1,
    }));
  }),
  members: plan.members.map(() => ({ present: false, ghost: false, ghostUntil: 0, id: '', host: '', credit: 0 })),
  rebalancingUntil: 0,
  deleted: false,
  recent: [],
});
