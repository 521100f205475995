import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITIONS, FAULTS, type Scenario } from '../../../bench/releases/scenario.ts';
import { type SimulatedRelease, simulateRelease } from '../../../bench/releases/simulate-release.ts';
import type { GroupSnapshot } from '../../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../lambdas/core/cluster/snapshot.ts';
import type { Judgement } from '../../../lambdas/core/gate/judgement.ts';
import { openJudgement } from '../../../lambdas/core/gate/open-judgement.ts';
import {
  acceleratedBy,
  type GateSettings,
  DEFAULT_GATE_SETTINGS as SETTINGS,
} from '../../../lambdas/core/gate/settings.ts';
import { STRATEGIES } from '../../../lambdas/core/release/release.ts';

const anyScenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat({ max: 1_000_000 }),
  strategy: fc.constantFrom(...STRATEGIES),
  fault: fc.option(fc.constantFrom(...FAULTS), { freq: 2 }),
  conditions: fc.uniqueArray(fc.constantFrom(...CONDITIONS), { maxLength: 2 }),
});

/** A simulated release takes a tenth of a second; more of them are judged by `npm run bench -- gate`. */
const RUNS = { numRuns: 15 };
const TIMEOUT_MS = 60_000;

function judgementsOf({ release, snapshots }: SimulatedRelease, settings: GateSettings = SETTINGS): Judgement[] {
  const run = openJudgement(release, settings);
  return snapshots.map((snapshot) => run.observe(snapshot));
}

const decisionsOf = (judgements: readonly Judgement[]): string[] => judgements.map(({ decision }) => decision);

test('swapping the labels of partitions changes nothing', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const simulated = simulateRelease(scenario);
      const swapped = { ...simulated, snapshots: simulated.snapshots.map(withPartitionsReversed) };
      expect(decisionsOf(judgementsOf(swapped))).toEqual(decisionsOf(judgementsOf(simulated)));
    }),
    RUNS,
  );
});

test('a judgement that was cut and resumed at any point is the same', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(anyScenario, fc.double({ min: 0, max: 1, noNaN: true }), (scenario, where) => {
      const { release, snapshots } = simulateRelease(scenario);
      const cut = Math.floor(where * snapshots.length);
      const straight = openJudgement(release, SETTINGS);
      const first = openJudgement(release, SETTINGS);
      for (const snapshot of snapshots.slice(0, cut)) first.observe(snapshot);
      // Through JSON, as a store would keep it.
      const resumed = openJudgement(release, SETTINGS, JSON.parse(JSON.stringify(first.checkpoint())));
      for (const snapshot of snapshots.slice(0, cut)) straight.observe(snapshot);
      for (const snapshot of snapshots.slice(cut))
        expect(resumed.observe(snapshot)).toEqual(straight.observe(snapshot));
      expect(resumed.checkpoint()).toEqual(straight.checkpoint());
    }),
    RUNS,
  );
});

test('no PROMOTE without enough time in place, enough messages, and a time lag within the margin', {
  timeout: TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const simulated = simulateRelease(scenario);
      const { release } = simulated;
      const promoted = judgementsOf(simulated).find(({ decision }) => decision === 'PROMOTE');
      if (!promoted) return;
      const { inPlaceMs, handledMessages, excessTimeLagMs, atMs, baselineSamples } = promoted.evidence;
      const isLate = atMs - release.startedAtMs >= SETTINGS.lateRatio * release.deadlineMs;
      expect(inPlaceMs).toBeGreaterThanOrEqual(Math.min(SETTINGS.inPlaceMs, 0.55 * release.deadlineMs));
      expect(handledMessages).toBeGreaterThanOrEqual(isLate ? SETTINGS.fewMessages : SETTINGS.messages);
      expect(baselineSamples).toBeGreaterThanOrEqual(SETTINGS.baselineSamples);
      const usual = SETTINGS.passMarginMs + 1.5 * longestUsualMs(simulated);
      expect(excessTimeLagMs).toBeLessThanOrEqual(isLate ? SETTINGS.drainingMs : usual);
      expect(promoted.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['NO_WORSE', 'NOT_VISIBLE']));
    }),
    RUNS,
  );
});

test('adding a healthy control partition never turns a PROMOTE into a ROLLBACK', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(anyScenario, (any) => {
      const simulated = simulateRelease({ ...any, strategy: 'canary' });
      if (!decisionsOf(judgementsOf(simulated)).includes('PROMOTE')) return;
      const widened = { ...simulated, snapshots: simulated.snapshots.map(withHealthyControl) };
      expect(decisionsOf(judgementsOf(widened))).not.toContain('ROLLBACK');
    }),
    RUNS,
  );
});

test('a decision is never taken back', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const decisions = decisionsOf(judgementsOf(simulateRelease(scenario)));
      const final = decisions.findIndex((decision) => decision !== 'CONTINUE');
      if (final >= 0) expect(new Set(decisions.slice(final)).size).toBe(1);
    }),
    RUNS,
  );
});

/** A power of two: durations divided by it lose nothing. */
const TIMES_FASTER = 16;

test('where everything happens faster, settings that are as much faster decide the same', {
  timeout: TIMEOUT_MS,
}, () => {
  fc.assert(
    fc.property(anyScenario, (scenario) => {
      const simulated = simulateRelease(scenario);
      const faster = judgementsOf(withTimesFaster(simulated), acceleratedBy(TIMES_FASTER, SETTINGS));
      expect(decisionsOf(faster)).toEqual(decisionsOf(judgementsOf(simulated)));
    }),
    RUNS,
  );
});

function withTimesFaster({ release, snapshots, ...rest }: SimulatedRelease): SimulatedRelease {
  return {
    ...rest,
    release: {
      ...release,
      startedAtMs: release.startedAtMs / TIMES_FASTER,
      deadlineMs: release.deadlineMs / TIMES_FASTER,
    },
    snapshots: snapshots.map((snapshot) => ({ ...snapshot, atMs: snapshot.atMs / TIMES_FASTER })),
  };
}

/** An upper bound of what a slow committer's usual time lag can be, from how seldom it commits. */
const longestUsualMs = ({ snapshots, release }: SimulatedRelease): number =>
  (release.startedAtMs - (snapshots[0]?.atMs ?? release.startedAtMs)) / 2;

function withPartitionsReversed(snapshot: ClusterSnapshot): ClusterSnapshot {
  const turned = <T>(list: readonly T[]): T[] => list.toReversed();
  const sizeOf = (topic: string): number => snapshot.topics.get(topic)?.length ?? 0;
  const group = ({ members, committed, ...rest }: GroupSnapshot): GroupSnapshot => ({
    ...rest,
    committed: new Map([...committed].map(([topic, offsets]) => [topic, turned(offsets)])),
    members:
      members?.map((member) => ({
        ...member,
        assigned: new Map([...member.assigned].map(([topic, list]) => [topic, list.map((p) => sizeOf(topic) - 1 - p)])),
      })) ?? null,
  });
  return {
    ...snapshot,
    topics: new Map([...snapshot.topics].map(([topic, logs]) => [topic, turned(logs)])),
    groups: new Map([...snapshot.groups].map(([name, it]) => [name, group(it)])),
  };
}

/** One more partition of another topic, with steady traffic, that an old member keeps up with. */
function withHealthyControl(snapshot: ClusterSnapshot): ClusterSnapshot {
  const written = Math.floor(snapshot.atMs / 100) % 1e9;
  const log: PartitionLog = { logStartOffset: 0, logEndOffset: written };
  const billing = snapshot.groups.get('billing');
  if (!billing) return snapshot;
  const members = billing.members?.map((member, index) => {
    const isOld = member.clientId.startsWith('billing-v1');
    const isFirst = billing.members?.findIndex(({ clientId }) => clientId.startsWith('billing-v1')) === index;
    return isOld && isFirst ? { ...member, assigned: new Map([...member.assigned, ['extra', [0]]]) } : member;
  });
  const committed = new Map([...billing.committed, ['extra', [written - 20]]]);
  return {
    ...snapshot,
    topics: new Map([...snapshot.topics, ['extra', [log]]]),
    groups: new Map([...snapshot.groups, ['billing', { ...billing, members: members ?? null, committed }]]),
  };
}
