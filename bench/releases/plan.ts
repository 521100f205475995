import { type Random, randomOf } from '../histories/random.ts';
import { faultEvents } from './fault-events.ts';
import type { Protocol, SimulatedMember } from './group-simulation.ts';
import { handOverEvents } from './hand-over-events.ts';
import type { Condition, Scenario } from './scenario.ts';
import type { World } from './simulate-release.ts';
import { trafficOf } from './traffic.ts';

/** Something that happens at one second. */
export type Event = (world: World, nowS: number) => void;

/** A scenario worked out: sizes, members, traffic, and what happens when. */
export interface Plan {
  readonly seconds: number;
  readonly startS: number;
  readonly deadlineS: number;
  readonly partitions: number;
  readonly ordersPartitions: number;
  readonly topicOf: (index: number) => string;
  readonly skew: number;
  readonly protocol: Protocol;
  readonly hasRace: boolean;
  readonly meanPerS: number;
  readonly rates: Float64Array;
  readonly oldMembers: readonly SimulatedMember[];
  readonly deadLetterNoise: { readonly share: number; readonly clumpsPerS: number; readonly clump: number };
  readonly eventsAt: (s: number) => readonly Event[];
}

/** What the parts of a plan agree on. */
export interface Draft extends Omit<Plan, 'eventsAt'> {
  readonly random: Random;
  readonly scenario: Scenario;
  readonly has: (condition: Condition) => boolean;
  readonly newMember: (index: number, generation: number) => SimulatedMember;
  readonly newCount: number;
  readonly on: (s: number, event: Event) => void;
}

export function planOf(scenario: Scenario): Plan {
  const random = randomOf(scenario.seed);
  const has = (condition: Condition): boolean => scenario.conditions.includes(condition);
  const members = has('canary-2-of-12') ? 5 : random.whole(2, 5);
  const partitions = has('canary-2-of-12') ? 12 : Math.max(members + 1, random.whole(4, 12));
  const startS = 60 * random.whole(60, 75);
  const deadlineS = 60 * random.whole(28, 40);
  const seconds = startS + deadlineS + 120;
  const meanPerS = has('low-traffic') ? random.between(0.01, 0.08) : Math.exp(random.between(0, 5));
  const util = has('near-capacity') ? random.between(0.86, 0.95) : random.between(0.4, 0.8);
  const rates = trafficOf(random, seconds, meanPerS);
  const capacityPerS = Math.max(0.5, peakOf(rates) / util);
  shape(rates, { has, random, startS, deadlineS });
  const handicap = (index: number): number =>
    has('unequal-members') ? ([1.3, 0.8, 1.1, 0.75, 1.05][index % 5] ?? 1) : 1;
  const commitEveryS = has('batch-commit') ? random.pick([60, 120, 300]) : 5;
  const memberOf = (version: 1 | 2, index: number, generation: number): SimulatedMember => ({
    memberId: `billing-v${version}-${index}-${generation}-${Math.floor(random.next() * 1e9)}`,
    clientId: `billing-v${version}-${index}`,
    host: `/10.0.${version}.${index + 1}`,
    isNew: version === 2,
    capacityPerS: (capacityPerS / members) * handicap(index) * (version === 2 && has('faster') ? 1.5 : 1),
    commitEveryS: version === 2 && has('commits-each-minute') ? 60 : commitEveryS,
    commitPhaseS: random.whole(0, 300),
    isHung: false,
  });
  const events = new Map<number, Event[]>();
  const ordersPartitions = has('two-topics') ? Math.ceil(partitions / 2) : partitions;
  const draft: Draft = {
    seconds,
    startS,
    deadlineS,
    partitions,
    ordersPartitions,
    topicOf: (index) => (index < ordersPartitions ? 'orders' : 'refunds'),
    skew: has('skewed') ? 1.1 : 0.35,
    protocol: random.pick(['eager', 'cooperative', 'cooperative', 'consumer']),
    hasRace: random.chance(0.25),
    meanPerS,
    rates,
    oldMembers: Array.from({ length: members }, (_, index) => memberOf(1, index, 0)),
    deadLetterNoise: noiseOf(has('dead-letter-noise'), random),
    random,
    scenario,
    has,
    newMember: (index, generation) => memberOf(2, index, generation),
    newCount: scenario.strategy === 'canary' ? 1 : members + (has('scale-out') ? 1 : 0),
    on: (s, event) => events.set(Math.floor(s), [...(events.get(Math.floor(s)) ?? []), event]),
  };
  faultEvents(draft, handOverEvents(draft));
  return { ...draft, eventsAt: (s) => events.get(s) ?? [] };
}

function peakOf(rates: Float64Array): number {
  let peak = 0;
  for (let s = 0; s + 180 < rates.length; s += 60) {
    const mean = rates.subarray(s, s + 180).reduce((a, b) => a + b, 0) / 180;
    peak = Math.max(peak, mean);
  }
  return peak;
}

/** Bursts beyond the capacity, and ramps that stay below it. */
function shape(
  rates: Float64Array,
  {
    has,
    random,
    startS,
    deadlineS,
  }: { has: (c: Condition) => boolean; random: Random; startS: number; deadlineS: number },
): void {
  if (has('burst')) {
    const from = startS + random.whole(120, 600);
    const until = from + random.whole(180, 480);
    const factor = random.between(2, 5);
    for (let s = from; s < until; s++) rates[s] = (rates[s] ?? 0) * factor;
  }
  if (has('ramp')) {
    const top = random.between(1.2, 1.9);
    const overS = random.between(600, 1_200);
    const peak = rates.subarray(0, startS).reduce((a, b) => Math.max(a, b), 0);
    for (let s = startS; s < startS + deadlineS + 120; s++) {
      const grown = (rates[s] ?? 0) * (1 + (top - 1) * Math.min(1, (s - startS) / overS));
      rates[s] = Math.min(grown, Math.max(rates[s] ?? 0, 1.15 * peak));
    }
  }
}

const noiseOf = (isNoisy: boolean, random: Random): Plan['deadLetterNoise'] =>
  isNoisy
    ? {
        share: random.pick([0, 0.002, 0.01]),
        clumpsPerS: random.between(0.0005, 0.004),
        clump: random.pick([5, 30, 120]),
      }
    : { share: random.pick([0, 0, 0.0005]), clumpsPerS: 0, clump: 1 };
