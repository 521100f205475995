import { bulkRate, dailyRate } from './production.ts';
import { DAY_S, jobRuns, plainGroup, steadyMembers, timesOfDay } from './shapes.ts';
import { alone, clusterOf, type Life, topicOf, workday } from './workday.ts';

/** Groups that come, work off what has piled up, and go; and topics that are written in bulk. */
export const JOBS = {
  cron: (random, name) => {
    const everyS = random.whole(1_800, 7_200);
    const meanPerS = 10 ** random.between(0, 2);
    const topic = topicOf(random, 'tickets', dailyRate(random, { meanPerS, swing: 0.3 }));
    const present = jobRuns(everyS, random.whole(0, everyS), () => random.whole(240, 420));
    const capacityPerS = (meanPerS * everyS) / random.between(60, 200);
    const group = plainGroup(random, 'reporter', ['tickets'], [{ capacityPerS, present }]);
    return clusterOf(random, name, {
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
    return clusterOf(random, name, { topics: [topic], groups: [{ ...group, startBackS }] });
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
    return clusterOf(random, name, { topics: [topic], groups: [group] });
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
    return clusterOf(random, name, { topics: [topic], groups: [group] });
  },
  newGroup: (random, name) => {
    const { topic, group } = workday(random, 'backfill', { headroom: random.between(1.6, 3) });
    const since = random.whole(0, 14_400);
    return alone(random, name, {
      topic,
      group: { ...group, since, startBackS: Math.min(since, random.whole(1_800, 14_400)) },
    });
  },
} satisfies Record<string, Life>;
