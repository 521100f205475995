import type { ClusterPlan, GroupPlan, Span, TopicPlan } from './plan.ts';
import { bulkRate, dailyRate, type Rate, withBursts, written } from './production.ts';
import type { Random } from './random.ts';
import {
  DAY_S,
  fullDeploys,
  jobRuns,
  plainGroup,
  plainReading,
  rollingDeploys,
  steadyMembers,
  timesOfDay,
} from './shapes.ts';

/** One way in which a cluster lives, without any fault. */
export type Life = (random: Random, name: string) => ClusterPlan;

function cluster(random: Random, name: string, parts: Partial<ClusterPlan>): ClusterPlan {
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

function topicOf(random: Random, name: string, rate: Rate, overrides: Partial<TopicPlan> = {}): TopicPlan {
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
function workday(
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

const one = (
  random: Random,
  name: string,
  { topic, group }: { topic: TopicPlan; group: GroupPlan },
  parts: Partial<ClusterPlan> = {},
): ClusterPlan => cluster(random, name, { topics: [topic], groups: [group], ...parts });

const life = (name: string): Life => {
  const found = LIVES[name];
  if (found === undefined) throw new Error(`invariant: no life ${name}`);
  return found;
};

export const LIVES: Readonly<Record<string, Life>> = {
  steady: (random, name) => one(random, name, workday(random, 'billing')),
  bursty: (random, name) =>
    one(random, name, workday(random, 'sessions', { bursts: random.whole(6, 16), headroom: random.between(1.3, 3) })),
  tight: (random, name) =>
    one(
      random,
      name,
      workday(random, 'archiver', { headroom: random.between(0.98, 1.08), meanPerS: 10 ** random.between(1, 2.3) }),
    ),
  batchCommit: (random, name) => {
    const { topic, group } = workday(random, 'invoicer', { headroom: random.between(1.5, 3) });
    return one(random, name, { topic, group: { ...group, commitEveryS: random.pick([60, 90, 120, 180, 300, 600]) } });
  },
  longBatch: (random, name) => {
    const { topic, group } = workday(random, 'trainer', { headroom: random.between(1.5, 3) });
    return one(random, name, { topic, group: { ...group, commitEveryS: random.whole(900, 1_800) } });
  },
  transactional: (random, name) =>
    one(
      random,
      name,
      workday(random, 'ledger', {
        meanPerS: 10 ** random.between(-1, 0.6),
        headroom: 20,
        topic: { transactional: true },
      }),
    ),
  lowTraffic: (random, name) => {
    const { topic, group } = workday(random, 'pager', { meanPerS: 10 ** random.between(-3.3, -1.7), headroom: 1_000 });
    return one(random, name, {
      topic,
      group: { ...group, members: steadyMembers(random, 2, 50), commitEveryS: random.pick([5, 60, 300]) },
    });
  },
  deploysDaily: (random, name) => {
    const { topic, group } = workday(random, 'billing');
    return one(random, name, {
      topic,
      group: { ...group, members: fullDeploys(random, group.members, timesOfDay(random, random.whole(2, 6))) },
    });
  },
  deploysTwoHourly: (random, name) => {
    const { topic, group } = workday(random, 'checkout', { headroom: random.between(1.5, 3) });
    const first = random.whole(600, 7_200);
    const times = Array.from({ length: 11 }, (_, index) => first + index * 7_200 + random.whole(-300, 300));
    const deployed = random.chance(0.5) ? fullDeploys : rollingDeploys;
    return one(random, name, { topic, group: { ...group, members: deployed(random, group.members, times) } });
  },
  staticMembers: (random, name) => {
    const { topic, group } = workday(random, 'static', { headroom: random.between(1.5, 3) });
    const members = rollingDeploys(random, group.members, timesOfDay(random, 4));
    return one(random, name, { topic, group: { ...group, staticMembers: true, members } });
  },
  cron: (random, name) => {
    const everyS = random.whole(1_800, 7_200);
    const meanPerS = 10 ** random.between(0, 2);
    const topic = topicOf(random, 'tickets', dailyRate(random, { meanPerS, swing: 0.3 }));
    const present = jobRuns(everyS, random.whole(0, everyS), () => random.whole(240, 420));
    const capacityPerS = (meanPerS * everyS) / random.between(60, 200);
    const group = plainGroup(random, 'reporter', ['tickets'], [{ capacityPerS, present }]);
    return cluster(random, name, {
      topics: [topic],
      groups: [{ ...group, startBackS: Math.min(everyS, everyS - (present[0]?.from ?? 0)) }],
    });
  },
  nightly: (random, name) => {
    const meanPerS = 10 ** random.between(0, 2);
    const lengthS = random.whole(1_200, 5_400);
    const at = random.whole(-lengthS, DAY_S - lengthS);
    const topic = topicOf(random, 'orders', dailyRate(random, { meanPerS, swing: 0.5 }));
    const capacityPerS = (meanPerS * DAY_S) / (lengthS * random.between(0.5, 0.9));
    const present = [{ from: Math.max(0, at), to: at + lengthS }];
    const startBackS = at > 0 ? DAY_S - at - lengthS : Math.max(0, DAY_S * (1 + at / lengthS));
    const group = plainGroup(
      random,
      'exporter',
      ['orders'],
      steadyMembers(random, random.whole(1, 3), capacityPerS).map((member) => ({ ...member, present })),
    );
    return cluster(random, name, { topics: [topic], groups: [{ ...group, startBackS }] });
  },
  nightlyBulk: (random, name) => {
    const at = random.whole(3_600, DAY_S - 10_800);
    const seconds = random.whole(300, 1_800);
    const perS = 10 ** random.between(1.5, 3);
    const topic = topicOf(random, 'loads', bulkRate([{ at, seconds, perS }], 0));
    const lengthS = random.whole(1_200, 3_600);
    const present = [{ from: at + random.whole(0, 3_600), to: 0 }].map(({ from }) => ({ from, to: from + lengthS }));
    const group = plainGroup(
      random,
      'loader',
      ['loads'],
      [{ capacityPerS: (perS * seconds) / (lengthS * 0.6), present }],
    );
    return cluster(random, name, { topics: [topic], groups: [group] });
  },
  bulkProducer: (random, name) => {
    const perS = 10 ** random.between(2, 3.3);
    const loads = timesOfDay(random, random.whole(1, 4)).map((at) => ({ at, seconds: random.whole(60, 900), perS }));
    const topic = topicOf(random, 'nightly', bulkRate(loads, random.pick([0, 0.05, 0.5])));
    const group = plainGroup(
      random,
      'loader',
      ['nightly'],
      steadyMembers(random, random.whole(1, 4), perS * random.between(0.2, 0.6)),
    );
    return cluster(random, name, { topics: [topic], groups: [group] });
  },
  newGroup: (random, name) => {
    const { topic, group } = workday(random, 'backfill', { headroom: random.between(1.6, 3) });
    const since = random.whole(0, 14_400);
    return one(random, name, {
      topic,
      group: { ...group, since, startBackS: Math.min(since, random.whole(1_800, 14_400)) },
    });
  },
  compacted: (random, name) => {
    const { topic, group } = workday(random, 'cache', { topic: { compactedTo: random.between(0.2, 0.6) } });
    const from = random.whole(7_200, 40_000);
    return one(random, name, {
      topic,
      group: { ...group, since: random.pick([0, from]), startBackS: random.pick([0, from]) },
    });
  },
  manual: (random, name) => {
    const { topic, group } = workday(random, 'cdc');
    const [member] = group.members;
    return one(random, name, {
      topic,
      group: {
        ...group,
        manual: true,
        members: member ? [{ ...member, capacityPerS: member.capacityPerS * group.members.length }] : [],
      },
    });
  },
  scaling: (random, name) => {
    const { topic, group } = workday(random, 'indexer', { headroom: random.between(2, 4) });
    const joins = timesOfDay(random, 3);
    const extra = joins.map((from) => ({
      capacityPerS: group.members[0]?.capacityPerS ?? 1,
      present: [{ from, to: from + random.whole(1_800, 20_000) }],
    }));
    return one(random, name, { topic, group: { ...group, members: [...group.members, ...extra] } });
  },
  addPartitions: (random, name) => {
    const { topic, group } = workday(random, 'grower', { topic: { partitions: 8 } });
    const at = random.whole(7_200, 60_000);
    const since = topic.since.map((_, partition) => (partition < 4 ? 0 : at));
    return one(random, name, { topic: { ...topic, since }, group });
  },
  pauses: (random, name) => {
    const { topic, group } = workday(random, 'gc', { headroom: random.between(1.8, 4) });
    const pauses = timesOfDay(random, random.whole(5, 20)).map((from) => ({
      member: random.whole(0, group.members.length - 1),
      from,
      to: from + random.whole(20, 120),
    }));
    return one(random, name, { topic, group: { ...group, pauses } });
  },
  smallRewinds: (random, name) => {
    const { topic, group } = workday(random, 'again');
    const smallRewinds = timesOfDay(random, 8).map((at) => ({ at, messages: random.whole(1, 50) }));
    return one(random, name, { topic, group: { ...group, smallRewinds } });
  },
  unequalMembers: (random, name) => {
    const { topic, group } = workday(random, 'mixed', {
      spread: 1,
      headroom: random.between(2, 3.5),
      bursts: random.pick([0, 6]),
    });
    return one(random, name, { topic, group });
  },
  severalGroups: (random, name) => {
    const days = ['billing', 'search', 'audit', 'mail']
      .slice(0, random.whole(2, 4))
      .map((group) => workday(random.stream(group), group, { headroom: random.between(1.5, 3) }));
    const topics = days.map(({ topic }) => topic);
    const groups = days.map(({ group }, index) =>
      index === 1
        ? {
            ...group,
            topics: topics.slice(0, 2).map((topic) => topic.name),
            members: group.members.map((member) => ({ ...member, capacityPerS: member.capacityPerS * 40 })),
          }
        : group,
    );
    return cluster(random, name, { topics, groups });
  },
  brokerDown: (random, name) => {
    const plan = life('severalGroups')(random, name);
    const brokerOutages = timesOfDay(random, random.whole(1, 3)).map((from) => ({
      from,
      to: from + random.whole(120, 600),
      broker: random.whole(0, 2),
      readable: random.chance(0.5),
    }));
    return { ...plan, brokerOutages };
  },
  clusterSlow: (random, name) => {
    const plan = life('severalGroups')(random, name);
    const slowSpans = timesOfDay(random, random.whole(1, 2)).map((from) => ({
      from,
      to: from + random.whole(180, 900),
      share: random.between(0, 0.3),
    }));
    return { ...plan, slowSpans };
  },
  blindGaps: (random, name) => {
    const plan = random.chance(0.5) ? life('steady')(random, name) : life('deploysDaily')(random, name);
    const gaps: Span[] = timesOfDay(random, random.whole(2, 6)).map((from) => ({
      from,
      to: from + random.whole(300, 1_200),
    }));
    return { ...plan, reading: { ...plan.reading, gaps } };
  },
  badClock: (random, name) => {
    const plan = life('steady')(random, name);
    const clockJumps = timesOfDay(random, 10).map((at) => ({ at, byMs: random.whole(-2_000, 2_000) }));
    return { ...plan, reading: { ...plan.reading, clockJumps, duplicates: timesOfDay(random, 20), endsFirst: true } };
  },
  renamed: (random, name) => {
    const { topic, group } = workday(random, 'old-name');
    const at = random.whole(20_000, 60_000);
    const leaving = group.members.map((member) => ({ ...member, present: [{ from: 0, to: at }] }));
    const coming = group.members.map((member) => ({ ...member, present: [{ from: at + 30, to: DAY_S }] }));
    return cluster(random, name, {
      topics: [topic],
      groups: [
        { ...group, members: leaving, abandonedAt: at },
        { ...group, name: 'new-name', members: coming, since: at + 30 },
      ],
    });
  },
};
