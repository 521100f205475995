import type { GroupStatus, PartitionStatus, ProblemKind } from '../../core/status/verdict.ts';
import type { DrainEtaMs } from '../answers/groups-answer.ts';
import { sumOfKnown } from './known.ts';
import type { GroupPositions, WindowSample } from './window.ts';
import { positionAt } from './window.ts';

/** Rates are taken over so many intervals: one alone shows the rhythm of commits rather than a rate. */
const RATE_INTERVALS = 5;

/** Messages per second; null: not known at both ends. */
export interface Rates {
  readonly producedPerS: number | null;
  readonly consumedPerS: number | null;
}

export const NO_RATES: Rates = { producedPerS: null, consumedPerS: null };

/** The sample that the newest one is compared with; null while there is only one. */
export function rateBase(window: readonly WindowSample[]): WindowSample | null {
  return window.length < 2 ? null : (window[Math.max(0, window.length - 1 - RATE_INTERVALS)] ?? null);
}

/** What went into a partition and what a group took out of it, between two samples. */
export function partitionRates(
  {
    base,
    newest,
    group,
  }: { readonly base: WindowSample | null; readonly newest: WindowSample; readonly group: string },
  topic: string,
  partition: number,
): Rates {
  if (base === null) return NO_RATES;
  const seconds = (newest.atMs - base.atMs) / 1_000;
  const end = (sample: WindowSample) => sample.topics.get(topic)?.[partition]?.logEndOffset ?? null;
  const position = (sample: WindowSample) => {
    const positions: GroupPositions | undefined = sample.groups.get(group);
    return positions === undefined ? null : positionAt(positions, topic, partition);
  };
  return {
    producedPerS: perSecond(end(base), end(newest), seconds),
    consumedPerS: perSecond(position(base), position(newest), seconds),
  };
}

/** What went back (a recreated topic, a rewound group) is no negative rate: nothing was produced or consumed. */
function perSecond(before: number | null, after: number | null, seconds: number): number | null {
  if (before === null || after === null || !(seconds > 0)) return null;
  return Math.max(0, after - before) / seconds;
}

/** Sums of what is known. */
export const sumOfRates = (rates: readonly Rates[]): Rates => ({
  producedPerS: sumOfKnown(rates.map(({ producedPerS }) => producedPerS)),
  consumedPerS: sumOfKnown(rates.map(({ consumedPerS }) => consumedPerS)),
});

/** What of a verdict says whether its backlog is worked off. */
interface Backlog {
  readonly lagMessages: number | null;
  readonly status: PartitionStatus | GroupStatus;
  /** A group's; absent: `status` says it already. */
  readonly kind?: ProblemKind | null;
}

/**
 * A steady lag of what is well has no end to wait for: that is null, not `never`. What stands still is never drained,
 * though its rates reach back to when it moved.
 */
export function drainEtaOf({ producedPerS, consumedPerS }: Rates, backlog: Backlog): DrainEtaMs {
  const { lagMessages, status, kind = status } = backlog;
  if (lagMessages === 0) return 0;
  if (kind === 'STOPPED' || kind === 'STALLED') return 'never';
  if (lagMessages === null || producedPerS === null || consumedPerS === null) return null;
  const perS = consumedPerS - producedPerS;
  if (perS > 0) return Math.round((lagMessages / perS) * 1_000);
  return status === 'OK' ? null : 'never';
}
