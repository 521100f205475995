import type { ClusterPlan, GroupPlan, TopicPlan } from './plan.ts';
import { dailyRate, type Rate, withBursts, written } from './production.ts';
import type { Random } from './random.ts';
import { DAY_S, plainGroup, plainReading, steadyMembers } from './shapes.ts';

/** One way in which a cluster lives, without any fault. */
export type Life = (random: Random, name: string) => ClusterPlan;

/** A cluster with nothing in it, unless told otherwise. */
export function clusterOf(random: Random, name: string, parts: Partial<ClusterPlan>): ClusterPlan {
  return {
    name,
    seconds: DAY_S,
    topics: [],
    groups: [],
    faults: [],
    reading: plainReading(random),
    brokerOutages: [],
    slowSpans: [],
    ...parts,
  };
}

/** A topic whose partitions share a rate unevenly. */
export function topicOf(random: Random, name: string, rate: Rate, overrides: Partial<TopicPlan> = {}): TopicPlan {
  const partitions = overrides.partitions ?? random.whole(3, 8);
  return {
    name,
    partitions,
    written: written(random.stream(name), rate, partitions, DAY_S, random.between(0, 0.5)),
    since: new Array<number>(partitions).fill(0),
    transactional: false,
    retentionS: 7 * DAY_S,
    compactedTo: 1,
    ...overrides,
  };
}

/** A group on one topic that is written all day, with capacity to spare. */
export function workday(
  random: Random,
  name: string,
  shape: { headroom?: number; bursts?: number; spread?: number; topic?: Partial<TopicPlan>; meanPerS?: number } = {},
): { topic: TopicPlan; group: GroupPlan } {
  const meanPerS = shape.meanPerS ?? 10 ** random.between(0.3, 2.3);
  const swing = random.between(0.1, 0.6);
  const base = dailyRate(random, { meanPerS, swing });
  const rate = shape.bursts ? withBursts(random, base, DAY_S, shape.bursts) : base;
  const topic = topicOf(random, `${name}-events`, rate, shape.topic);
  const capacityPerS = meanPerS * (1 + swing) * (shape.headroom ?? random.between(1.5, 4));
  const group = plainGroup(
    random,
    name,
    [topic.name],
    steadyMembers(random, random.whole(1, 4), capacityPerS, shape.spread),
  );
  return { topic, group };
}

/** The cluster of one such group. */
export const alone = (
  random: Random,
  name: string,
  { topic, group }: { topic: TopicPlan; group: GroupPlan },
  parts: Partial<ClusterPlan> = {},
): ClusterPlan => clusterOf(random, name, { topics: [topic], groups: [group], ...parts });
