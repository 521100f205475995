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
  'dead-letter-noise',
  'ramp',
  'control-fails',
  'near-capacity',
  'skewed',
  'long-hand-over',
  'commits-each-minute',
];

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
      const conditions = companionsOf(fault, next);
      yield { name: `bad ${fault}`, scenario: { seed: next++, strategy, fault, conditions } };
    }
  }
}

const strategyAt = (index: number): Scenario['strategy'] => STRATEGIES[index % STRATEGIES.length] ?? 'canary';

const needsControls = (conditions: readonly Condition[]): boolean =>
  conditions.includes('canary-2-of-12') || conditions.includes('control-fails');

/** A slow version shows only where there is work enough. */
const WITH_WORK: readonly Fault[] = ['slow50', 'slow20', 'no-recovery', 'slow-topic'];

function companionsOf(fault: Fault, seed: number): Condition[] {
  const random = randomOf(seed).stream('companions');
  const conditions = new Set(COMPANIONS.filter(() => random.chance(0.12)));
  if (fault === 'slow-topic') conditions.add('two-topics');
  if (WITH_WORK.includes(fault)) conditions.add('near-capacity');
  return [...conditions];
}
