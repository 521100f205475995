import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { Estimate, GroupMeasures } from '../status/measures.ts';
import { type CapacityAdvice, type CapacitySettings, capacityAdviceOf } from './capacity-advice.ts';
import { type CapacityPoint, capacityPointOf, pacesOf, producedPerS } from './capacity-point.ts';

/** What a group is to be advised on. */
export interface CapacityQuestion {
  readonly group: string;
  /** Oldest first; what `HistoryStore.readGroup` gives is enough. An hour tells something, a day knows the peak. */
  readonly history: Iterable<ClusterSnapshot>;
  /** What the rules have learnt of the group over days, where its verdict tells. */
  readonly measures?: GroupMeasures | undefined;
}

/** The capacity advice of a group out of its history. Null: nothing was consumed that could be measured. */
export function groupCapacityAdviceOf(
  { group, history, measures }: CapacityQuestion,
  settings?: CapacitySettings,
): CapacityAdvice | null {
  const watch = watchCapacity(group);
  for (const snapshot of history) watch.observe(snapshot);
  return watch.advice(measures, settings);
}

/** Follows one group for what its capacity rests on. Holds the last quarter of an hour, however long it goes on. */
export interface CapacityWatch {
  /** Takes the next sample. One that is not newer than the last changes nothing. */
  observe(snapshot: ClusterSnapshot): void;
  /** What is to be advised by now. */
  advice(measures?: GroupMeasures, settings?: CapacitySettings): CapacityAdvice | null;
}

/** As the rules measure: long enough for commits that come in batches. */
const PEAK_MS = 600_000;
const MEMBER_MS = 900_000;
/** The best of a member that always had work is its limit, if it was not much better than that without. */
const NEAR_BEST = 0.9;

export function watchCapacity(group: string): CapacityWatch {
  let points: readonly CapacityPoint[] = [];
  let firstAtMs = Number.NaN;
  let backlogMessages = 0;
  const [peak, best, limit] = [newHighest(), newHighest(), newHighest()];
  return {
    observe(snapshot) {
      const point = capacityPointOf(snapshot, group);
      if (point === null || point.atMs <= (points.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY)) return;
      const from = pointAtAge(points, point.atMs, MEMBER_MS) ?? point;
      points = [...points.slice(points.indexOf(from)), point];
      if (Number.isNaN(firstAtMs)) firstAtMs = point.atMs;
      backlogMessages = Math.max(backlogMessages, point.lagMessages);
      const peakFrom = pointAtAge(points, point.atMs, PEAK_MS) ?? point;
      take(peak, [producedPerS(peakFrom, point)], point.atMs - peakFrom.atMs >= PEAK_MS);
      const paces = pacesOf(from, point);
      const whole = point.atMs - from.atMs >= MEMBER_MS;
      take(
        best,
        paces.map(({ perS }) => perS),
        whole,
      );
      take(
        limit,
        paces.filter(({ neverDry }) => neverDry).map(({ perS }) => perS),
        whole,
      );
    },
    advice(measures, settings) {
      const last = points.at(-1);
      if (last === undefined) return null;
      const { members, partitions } = last;
      return capacityAdviceOf(
        {
          producedPeakPerS: Math.max(perSOf(peak), knownOr0(measures?.producedPeakPerS)),
          memberPerS: Math.max(perSOf(best), knownOr0(measures?.memberBestPerS)),
          limitSeen: perSOf(limit) > 0 && perSOf(limit) >= NEAR_BEST * perSOf(best),
          members,
          partitions,
          backlogMessages,
          watchedMs: last.atMs - firstAtMs,
        },
        settings,
      );
    },
  };
}

/** The newest point that is at least so old, or the oldest there is. */
const pointAtAge = (points: readonly CapacityPoint[], nowMs: number, ageMs: number): CapacityPoint | undefined =>
  points.findLast(({ atMs }) => nowMs - atMs >= ageMs) ?? points[0];

/** The highest of what was measured over whole spans; before there was one, what the short span says at present. */
interface Highest {
  whole: number;
  short: number;
}

const newHighest = (): Highest => ({ whole: 0, short: 0 });

function take(highest: Highest, perS: readonly number[], whole: boolean): void {
  const most = Math.max(0, ...perS);
  if (whole) highest.whole = Math.max(highest.whole, most);
  else highest.short = most;
}

const perSOf = ({ whole, short }: Highest): number => (whole > 0 ? whole : short);

const knownOr0 = (estimate: Estimate | undefined): number => (estimate?.kind === 'known' ? estimate.value : 0);
