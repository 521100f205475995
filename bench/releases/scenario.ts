import type { Strategy } from '../../lambdas/core/release/release.ts';

/** What may be wrong with a new version. */
export const FAULTS = [
  'never-joins',
  'wrong-group',
  'crash-loop',
  'storm',
  'unowned',
  'blue-remains',
  'poison',
  'delayed',
  'rewind',
  'skip',
  'beyond-end',
  'dead-letters',
  'slow50',
  'slow20',
  'no-recovery',
  'slow-topic',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What may be unusual about a group, its traffic, or a good new version, without anything being wrong. */
export const CONDITIONS = [
  'near-capacity',
  'burst',
  'warm-up',
  'cold-caches',
  'faster',
  'scale-out',
  'skewed',
  'low-traffic',
  'batch-commit',
  'commits-each-minute',
  'small-rewinds',
  'deploy-pause',
  'unequal-members',
  'two-topics',
  'canary-2-of-12',
  'long-hand-over',
  'ramp',
  'control-fails',
  'broker-event',
  'dead-letter-noise',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** One release to simulate. The same scenario gives the same release. */
export interface Scenario {
  readonly seed: number;
  readonly strategy: Strategy;
  /** Null: a good release. */
  readonly fault: Fault | null;
  readonly conditions: readonly Condition[];
}
