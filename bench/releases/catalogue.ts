import { STRATEGIES } from '../../lambdas/core/release/release.ts';
import { randomOf } from '../histories/random.ts';
import { CONDITIONS, type Condition, FAULTS, type Fault, type Scenario } from './scenario.ts';

/** A scenario and the class that it is counted in. */
export interface Catalogued {
  readonly name: string;
  readonly scenario: Scenario;
}

/** Circumstances that make each other harder. */
const PAIRS: readonly (readonly [Condition, Condition])[] = [
  ['unequal-members', 'near-capacity'],
  ['unequal-members', 'burst'],
  ['unequal-members', 'cold-caches'],
  ['long-hand-over', 'near-capacity'],
  ['cold-caches', 'near-capacity'],
  ['cold-caches', 'burst'],
  ['commits-each-minute', 'burst'],
  ['small-rewinds', 'commits-each-minute'],
  ['ramp', 'near-capacity'],
  ['two-topics', 'burst'],
];

/** What bad releases may have beside their fault. */
const COMPANIONS: readonly Condition[] = [
  'unequal-members',
  'two-topics',
  'canary-2-of-12',
  'long-hand-over',
  'ramp',
  'control-fails',
  'broker-event',
  'dead-letter-noise',
  'commits-each-minute',
  'small-rewinds',
  'cold-caches',
  'near-capacity',
  'skewed',
];
const COMPANION_CHANCE = 0.12;

/** `perClass` scenarios of every class, good ones first; another seed gives others. */
export function* catalogue(perClass: number, seed: number): Generator<Catalogued> {
  let next = seed * 100_000;
  const good: (readonly Condition[])[] = [[], ...CONDITIONS.map((condition) => [condition]), ...PAIRS];
  for (const conditions of good) {
    for (let index = 0; index < perClass; index++) {
      const strategy = needsControls(conditions) ? 'canary' : strategyAt(index);
      const name = `good ${conditions.join(' + ') || 'identical'}`;
      yield { name, scenario: { seed: next++, strategy, fault: null, conditions } };
    }
  }
  for (const fault of FAULTS) {
    for (let index = 0; index < perClass; index++) {
      const strategy = fault === 'blue-remains' ? 'blue-green' : strategyAt(index);
      const conditions = companionsOf(fault, strategy, next);
      yield { name: `bad ${fault}`, scenario: { seed: next++, strategy, fault, conditions } };
    }
  }
}

const strategyAt = (index: number): Scenario['strategy'] => STRATEGIES[index % STRATEGIES.length] ?? 'canary';

const needsControls = (conditions: readonly Condition[]): boolean =>
  conditions.includes('canary-2-of-12') || conditions.includes('control-fails');

/** How often a version that is too slow meets a group that works near its capacity: elsewhere it mostly can't be seen. */
const NEAR_CAPACITY_CHANCE: Partial<Record<Fault, number>> = {
  slow50: 0.35,
  slow20: 0.35,
  'slow-topic': 0.5,
  'no-recovery': 1,
};

function companionsOf(fault: Fault, strategy: Scenario['strategy'], seed: number): Condition[] {
  const random = randomOf(seed).stream('companions');
  const possible = COMPANIONS.filter((condition) => strategy === 'canary' || !needsControls([condition]));
  const conditions = new Set(possible.filter(() => random.chance(COMPANION_CHANCE)));
  if (fault === 'slow-topic') conditions.add('two-topics');
  if (random.chance(NEAR_CAPACITY_CHANCE[fault] ?? 0)) conditions.add('near-capacity');
  return [...conditions];
}
