import { JOBS } from './jobs.ts';
import type { ClusterPlan, Span, TopicPlan } from './plan.ts';
import { SERVICES } from './services.ts';
import { DAY_S, timesOfDay } from './shapes.ts';
import { clusterOf, type Life, workday } from './workday.ts';

const severalGroups: Life = (random, name) => {
  const days = ['billing', 'search', 'audit', 'mail']
    .slice(0, random.whole(2, 4))
    .map((group) => workday(random.stream(group), group, { headroom: random.between(1.5, 3) }));
  const topics = days.map(({ topic }) => topic);
  // The second reads the first one's topic too, and has members for both.
  const rates = [meanPerS(topics[0]), meanPerS(topics[1])] as const;
  const groups = days.map(({ group }, index) =>
    index === 1
      ? {
          ...group,
          topics: topics.slice(0, 2).map((topic) => topic.name),
          members: group.members.map((member) => ({
            ...member,
            capacityPerS: (member.capacityPerS * (rates[0] + rates[1])) / rates[1],
          })),
        }
      : group,
  );
  return clusterOf(random, name, { topics, groups });
};

const meanPerS = (topic: TopicPlan | undefined): number =>
  (topic?.written ?? []).reduce((sum, counts) => sum + counts.reduce((a, b) => a + b, 0), 1) / DAY_S;

const NEIGHBOURS = [
  SERVICES.steady,
  SERVICES.bursty,
  SERVICES.batchCommit,
  SERVICES.deploysTwoHourly,
  SERVICES.lowTraffic,
  SERVICES.unequalMembers,
  SERVICES.staticMembers,
  SERVICES.manual,
  JOBS.cron,
  JOBS.nightly,
  JOBS.bulkProducer,
] as const;

/** Groups of every kind beside each other: what most of them do says little about the cluster. */
const mixedCluster: Life = (random, name) => {
  const plans = Array.from({ length: random.whole(2, 5) }, (_, index) => {
    const life = random.pick<Life>(NEIGHBOURS);
    return renamedPlan(life(random.stream(`neighbour ${index}`), name), `n${index}`);
  });
  return clusterOf(random, name, {
    topics: plans.flatMap(({ topics }) => topics),
    groups: plans.flatMap(({ groups }) => groups),
  });
};

/** The same with other names, to stand beside a plan of the same kind. */
function renamedPlan(plan: ClusterPlan, prefix: string): ClusterPlan {
  const renamed = (name: string): string => `${prefix}-${name}`;
  return {
    ...plan,
    topics: plan.topics.map((topic) => ({ ...topic, name: renamed(topic.name) })),
    groups: plan.groups.map((group) => ({
      ...group,
      name: renamed(group.name),
      topics: group.topics.map(renamed),
    })),
  };
}

/** What happens to whole clusters, and to the reading of them. */
export const CLUSTERS = {
  severalGroups,
  mixedCluster,
  brokerDown: (random, name) => {
    const plan = severalGroups(random, name);
    const brokerOutages = timesOfDay(random, random.whole(1, 3)).map((from) => ({
      from,
      to: from + random.whole(120, 600),
      broker: random.whole(0, 2),
      readable: random.chance(0.5),
    }));
    return { ...plan, brokerOutages };
  },
  clusterSlow: (random, name) => {
    const plan = severalGroups(random, name);
    const slowSpans = timesOfDay(random, random.whole(1, 2)).map((from) => ({
      from,
      to: from + random.whole(180, 900),
      share: random.between(0, 0.3),
    }));
    return { ...plan, slowSpans };
  },
  blindGaps: (random, name) => {
    const plan = random.chance(0.5) ? SERVICES.steady(random, name) : SERVICES.deploysDaily(random, name);
    const gaps: Span[] = timesOfDay(random, random.whole(2, 6)).map((from) => ({
      from,
      to: from + random.whole(300, 1_200),
    }));
    return { ...plan, reading: { ...plan.reading, gaps } };
  },
  badClock: (random, name) => {
    const plan = SERVICES.steady(random, name);
    const clockJumps = timesOfDay(random, 10).map((at) => ({ at, byMs: random.whole(-2_000, 2_000) }));
    const [duplicates, late] = [timesOfDay(random, 20), timesOfDay(random, 20)];
    return { ...plan, reading: { ...plan.reading, clockJumps, duplicates, late, endsFirst: true } };
  },
  renamed: (random, name) => {
    const { topic, group } = workday(random, 'old-name');
    const at = random.whole(20_000, 60_000);
    const leaving = group.members.map((member) => ({ ...member, present: [{ from: 0, to: at }] }));
    const coming = group.members.map((member) => ({ ...member, present: [{ from: at + 30, to: DAY_S }] }));
    return clusterOf(random, name, {
      topics: [topic],
      groups: [
        { ...group, members: leaving, abandonedAt: at },
        { ...group, name: 'new-name', members: coming, since: at + 30 },
      ],
    });
  },
} satisfies Record<string, Life>;
