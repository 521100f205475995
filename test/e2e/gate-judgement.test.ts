import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { Judgement } from '../../lambdas/core/gate/judgement.ts';
import { openJudgement } from '../../lambdas/core/gate/open-judgement.ts';
import { acceleratedBy, DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import type { Strategy } from '../../lambdas/core/release/release.ts';
import { inUse, slowAndHanging } from '../../local/demo/versions.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { openKafkaReader } from '../builders/kafka-reader.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';
import { type GroupUnderRelease, groupUnderRelease } from './gate/group-under-release.ts';
import { type SteadyTraffic, startSteadyTraffic } from './gate/steady-traffic.ts';

/** Twenty times faster than production: a minute takes three seconds, the half hour of a deadline ninety. */
const TIMES_FASTER = 20;
const SETTINGS = acceleratedBy(TIMES_FASTER, DEFAULT_GATE_SETTINGS);
const minutesMs = (minutes: number): number => (minutes * 60_000) / TIMES_FASTER;
/** As in production: each minute, and each 15 s while a release is open. */
const sampleMs = (isOpen: boolean): number => minutesMs(isOpen ? 0.25 : 1);
const BASELINE_MS = minutesMs(15);
const DEADLINE_MS = minutesMs(30);

/** Messages a second of each partition; a member of the old version can handle half as many more. */
const TRAFFIC_PER_S = 10;

/** To each partition: its member has work all the time for longer than a rate is measured, and is done in time. */
const BURST_MESSAGES = 160;

interface Scenario {
  readonly strategy: Strategy;
  readonly partitions: number;
  /** What the pipeline does. `isOpen`: no decision yet. */
  readonly deploy: (group: GroupUnderRelease, isOpen: () => boolean) => Promise<void>;
}

const SCENARIOS = {
  'canary-good': {
    strategy: 'canary',
    partitions: 6,
    deploy: (group) => group.start('v2-1', inUse),
  },
  'canary-bad': {
    strategy: 'canary',
    partitions: 6,
    deploy: (group) => group.start('v2-1', slowAndHanging()),
  },
  'blue-remains': {
    strategy: 'blue-green',
    partitions: 4,
    deploy: async (group) => {
      await Promise.all([group.start('v2-1', inUse), group.start('v2-2', inUse)]);
      await group.stop('v1-1');
    },
  },
  'crash-loop': {
    strategy: 'rolling',
    partitions: 4,
    deploy: async (group, isOpen) => {
      await group.stop('v1-1');
      await group.start('v2-1', inUse);
      await group.stop('v1-2');
      // An orchestrator starts it again each time.
      while (isOpen()) await group.crashOnce('v2-2');
    },
  },
  'skip-to-latest': {
    strategy: 'stop',
    partitions: 4,
    deploy: async (group) => {
      await Promise.all([group.stop('v1-1'), group.stop('v1-2')]);
      await delay(minutesMs(7));
      await Promise.all([group.startAtLatest('v2-1', inUse), group.startAtLatest('v2-2', inUse)]);
    },
  },
} satisfies Record<string, Scenario>;

type Name = keyof typeof SCENARIOS;
const NAMES = Object.keys(SCENARIOS) as Name[];
const scenarioOf = (name: Name): Scenario => SCENARIOS[name];

describeWithRealParts('releases on a real broker', () => {
  let cluster: KafkaCluster;
  let traffic: SteadyTraffic;
  let groups: ReadonlyMap<Name, GroupUnderRelease>;
  let answers: ReadonlyMap<Name, Judgement>;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ properties: { 'group.min.session.timeout.ms': '1000' } });
    const { brokers } = cluster;
    groups = new Map(
      NAMES.map((name) => {
        const { partitions } = scenarioOf(name);
        return [name, groupUnderRelease(brokers, { name, topic: `${name}.topic`, partitions })];
      }),
    );
    traffic = await startSteadyTraffic(brokers, [...groups.values()], TRAFFIC_PER_S);
    await Promise.all(
      [...groups.values()].flatMap((group) => ['v1-1', 'v1-2'].map((member) => group.start(member, inUse))),
    );
    answers = await judgeAll(cluster, groups, traffic);
  }, 240_000);

  afterAll(async () => {
    await Promise.all([...groups.values()].map((group) => group.stopAll()));
    await traffic?.stop();
    await cluster?.stop();
  });

  const answerTo = (name: Name) => {
    const { decision, reasons } = answers.get(name) ?? { decision: null, reasons: [] };
    return { decision, codes: reasons.map(({ code }) => code) };
  };

  test('a canary that is as good as the old version is promoted, for what it has shown', () => {
    const { decision, codes } = answerTo('canary-good');
    expect({ decision, codes }).toEqual({
      decision: 'PROMOTE',
      codes: ['NO_WORSE', 'CAPACITY_TESTED', 'NOT_VISIBLE'],
    });
  });

  test.each([
    { name: 'canary-bad', code: 'STALLED', why: 'a canary of a third of the speed that hangs on one partition' },
    { name: 'blue-remains', code: 'OLD_VERSION_REMAINS', why: 'a blue/green release that leaves a blue behind' },
    { name: 'crash-loop', code: 'CRASH_LOOP', why: 'a rolling release with one member that crashes again and again' },
    { name: 'skip-to-latest', code: 'SKIP', why: 'a stop-the-world release that skips to latest' },
  ] as const)('$why is rolled back: $code', ({ name, code }) => {
    const { decision, codes } = answerTo(name);
    expect({ decision, headline: codes[0] }).toEqual({ decision: 'ROLLBACK', headline: code });
  });
});

/** Watches all groups at the same time, releases after the baseline, and resolves with the final answers. */
async function judgeAll(
  { brokers }: KafkaCluster,
  groups: ReadonlyMap<Name, GroupUnderRelease>,
  traffic: SteadyTraffic,
): Promise<ReadonlyMap<Name, Judgement>> {
  const startedAtMs = Date.now() + BASELINE_MS;
  const runs = new Map(
    NAMES.map((name) => {
      const { strategy } = scenarioOf(name);
      const canary = { client: '-v2-', instance: null, host: null };
      const release = { id: name, group: name, strategy, startedAtMs, canary, deadlineMs: DEADLINE_MS };
      return [name, openJudgement(release, SETTINGS)] as const;
    }),
  );
  const answers = new Map<Name, Judgement>();
  const observe = (snapshot: ClusterSnapshot): void => {
    for (const [name, run] of runs) {
      const judgement = run.observe(snapshot);
      if (judgement.decision !== 'CONTINUE') answers.set(name, judgement);
    }
  };
  const isOpen = (name: Name) => () => !answers.has(name) && Date.now() < startedAtMs + 2 * DEADLINE_MS;
  await using reader = openReader(brokers);
  const watch = async (until: () => boolean): Promise<void> => {
    while (!until()) {
      const atMs = Date.now();
      observe((await reader.read({ atMs, deadlineMs: 10_000 })).snapshot);
      await delay(Math.max(0, atMs + sampleMs(atMs >= startedAtMs) - Date.now()));
    }
  };
  // A burst shows what a member can handle: only then can a backlog that is gone at once be told from one that was read.
  const skipping = groups.get('skip-to-latest');
  await watch(() => Date.now() >= startedAtMs - BASELINE_MS + minutesMs(1));
  if (skipping) await traffic.burst(skipping, BURST_MESSAGES);
  await watch(() => Date.now() >= startedAtMs);
  const deployments = [...groups].map(([name, group]) => scenarioOf(name).deploy(group, isOpen(name)));
  await Promise.all([watch(() => NAMES.every((name) => !isOpen(name)())), ...deployments]);
  return answers;
}

function openReader(brokers: readonly string[]) {
  const reader = openKafkaReader(brokers);
  return { read: reader.read.bind(reader), [Symbol.asyncDispose]: () => reader.close() };
}
