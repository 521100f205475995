import { fullDeploys, rollingDeploys, steadyMembers, timesOfDay } from './shapes.ts';
import { alone, type Life, workday } from './workday.ts';

/** Groups that are there all day. */
export const SERVICES = {
  steady: (random, name) => alone(random, name, workday(random, 'billing')),
  bursty: (random, name) =>
    alone(random, name, workday(random, 'sessions', { bursts: random.whole(6, 16), headroom: random.between(1.3, 3) })),
  tight: (random, name) =>
    alone(
      random,
      name,
      workday(random, 'archiver', { headroom: random.between(0.98, 1.08), meanPerS: 10 ** random.between(1, 2.3) }),
    ),
  batchCommit: (random, name) => {
    const { topic, group } = workday(random, 'invoicer', { headroom: random.between(1.5, 3) });
    return alone(random, name, { topic, group: { ...group, commitEveryS: random.pick([60, 90, 120, 180, 300, 600]) } });
  },
  longBatch: (random, name) => {
    const { topic, group } = workday(random, 'trainer', { headroom: random.between(1.5, 3) });
    return alone(random, name, { topic, group: { ...group, commitEveryS: random.whole(900, 1_800) } });
  },
  transactional: (random, name) =>
    alone(
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
    return alone(random, name, {
      topic,
      group: { ...group, members: steadyMembers(random, 2, 50), commitEveryS: random.pick([5, 60, 300]) },
    });
  },
  deploysDaily: (random, name) => {
    const { topic, group } = workday(random, 'billing');
    return alone(random, name, {
      topic,
      group: { ...group, members: fullDeploys(random, group.members, timesOfDay(random, random.whole(2, 6))) },
    });
  },
  deploysTwoHourly: (random, name) => {
    const { topic, group } = workday(random, 'checkout', { headroom: random.between(1.5, 3) });
    const first = random.whole(600, 7_200);
    const times = Array.from({ length: 11 }, (_, index) => first + index * 7_200 + random.whole(-300, 300));
    const deployed = random.chance(0.5) ? fullDeploys : rollingDeploys;
    return alone(random, name, { topic, group: { ...group, members: deployed(random, group.members, times) } });
  },
  staticMembers: (random, name) => {
    const { topic, group } = workday(random, 'static', { headroom: random.between(1.5, 3) });
    const members = rollingDeploys(random, group.members, timesOfDay(random, 4));
    return alone(random, name, { topic, group: { ...group, staticMembers: true, members } });
  },
  compacted: (random, name) => {
    const { topic, group } = workday(random, 'cache', { topic: { compactedTo: random.between(0.2, 0.6) } });
    const from = random.whole(7_200, 40_000);
    return alone(random, name, {
      topic,
      group: { ...group, since: random.pick([0, from]), startBackS: random.pick([0, from]) },
    });
  },
  manual: (random, name) => {
    const { topic, group } = workday(random, 'cdc');
    const [member] = group.members;
    return alone(random, name, {
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
    return alone(random, name, { topic, group: { ...group, members: [...group.members, ...extra] } });
  },
  addPartitions: (random, name) => {
    const { topic, group } = workday(random, 'grower', { topic: { partitions: 8 } });
    const at = random.whole(7_200, 60_000);
    const since = topic.since.map((_, partition) => (partition < 4 ? 0 : at));
    return alone(random, name, { topic: { ...topic, since }, group });
  },
  pauses: (random, name) => {
    const { topic, group } = workday(random, 'gc', { headroom: random.between(1.8, 4) });
    const pauses = timesOfDay(random, random.whole(5, 20))
      // Two in a row would be one that is too long.
      .filter((from, index, all) => index === 0 || from - (all[index - 1] ?? 0) > 600)
      .map((from) => ({
        member: random.whole(0, group.members.length - 1),
        from,
        to: from + random.whole(20, 120),
      }));
    return alone(random, name, { topic, group: { ...group, pauses } });
  },
  smallRewinds: (random, name) => {
    const { topic, group } = workday(random, 'again');
    const smallRewinds = timesOfDay(random, 8).map((at) => ({ at, messages: random.whole(1, 50) }));
    return alone(random, name, { topic, group: { ...group, smallRewinds } });
  },
  shareGroup: (random, name) => {
    const { topic, group } = workday(random, 'tasks', { spread: 1, bursts: random.pick([0, 6]) });
    const members = rollingDeploys(random, group.members, timesOfDay(random, random.whole(0, 3)));
    return alone(random, name, {
      topic,
      group: { ...group, type: 'share', commitEveryS: random.pick([1, 5]), members },
    });
  },
  streamsGroup: (random, name) => {
    const { topic, group } = workday(random, 'joins', {
      headroom: random.between(1.5, 3),
      topic: { transactional: random.chance(0.5) },
    });
    const deployed = random.chance(0.5) ? fullDeploys : rollingDeploys;
    const members = deployed(random, group.members, timesOfDay(random, random.whole(1, 3)));
    return alone(random, name, { topic, group: { ...group, type: 'streams', commitEveryS: 30, members } });
  },
  unequalMembers: (random, name) => {
    const { topic, group } = workday(random, 'mixed', {
      spread: 1,
      headroom: random.between(2, 3.5),
      bursts: random.pick([0, 6]),
    });
    return alone(random, name, { topic, group });
  },
} satisfies Record<string, Life>;
