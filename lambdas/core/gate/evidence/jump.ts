import { hasWork } from './capacity.ts';
import type { Evidence, PartitionView } from './evidence.ts';
import { isLogFrozen } from './frozen-log.ts';
import { fastestOf, type MemberLoad, memberLoads, movedThroughout } from './member-load.ts';
import { windowStart } from './rates.ts';
import { NOBODY } from './track.ts';

/** A backlog of a new member that was there at one sample and gone at the next. */
export interface Jump {
  readonly load: MemberLoad;
  /** One of the partitions whose backlog disappeared. */
  readonly view: PartitionView;
  /** Age of the oldest of them, just before. */
  readonly behindMs: number;
  /** The member was there, in a stable group, and moved none of them between the two samples before the jump. */
  readonly wasPaused: boolean;
  /** While it paused, the old version's busy partitions moved; null: there are none. */
  readonly othersMoved: boolean | null;
  /** The best rate of any member that had work all the time, before this: its capacity. Null: none ever had. */
  readonly capacityPerS: number | null;
}

export function jumpsOf(evidence: Evidence): Jump[] {
  const { history, settings, start, last, baseline } = evidence;
  const jumps: Jump[] = [];
  let capacityPerS = baseline.memberCapacityPerS;
  for (let index = start + 2; index <= last; index++) {
    const loads = memberLoads(history, index - 1, index, nobodyElse);
    for (const load of loads.filter(({ member }) => evidence.isNew(member))) {
      const views = evidence.judged.filter((it) => load.tracks.includes(it.track) && hasLanded(it, index, evidence));
      const messages = views.reduce((sum, { track }) => sum + movedAt(track.committed, index), 0);
      const [view] = views;
      if (view === undefined || messages < settings.skipMessages) continue;
      jumps.push({
        load,
        view,
        behindMs: Math.max(...views.map(({ track }) => track.timeLagMs[index - 1] ?? 0)),
        wasPaused:
          views.every((paused) => hasPaused(paused, load.member, index, evidence)) &&
          !wasBrokerDown(evidence, index - 1),
        othersMoved: othersMoved(evidence, index - 1),
        capacityPerS,
      });
    }
    const from = windowStart(history.atMs, index, settings.rateMs, start);
    const measured = from === null ? [] : memberLoads(history, from, index);
    capacityPerS = fastestOf(
      measured.filter((load) => hasWork(load, evidence) && movedThroughout(load)),
      capacityPerS,
    );
  }
  return jumps;
}

/** Whoever takes over what nobody owned did all of the work since. */
const nobodyElse = (seen: number | null, owner: number | null): boolean =>
  seen === owner || seen === null || seen === NOBODY;

function hasLanded({ track, usual }: PartitionView, index: number, { settings, baseline }: Evidence): boolean {
  const before = track.timeLagMs[index - 1] ?? 0;
  const after = track.timeLagMs[index] ?? Number.POSITIVE_INFINITY;
  const isBehind = before >= settings.skipMs + 1.5 * baseline.cadenceMs;
  return isBehind && after <= Math.max(settings.landedMs, usual.usualTimeLagMs);
}

function hasPaused(view: PartitionView, member: number, index: number, { history }: Evidence): boolean {
  const { committed, owner } = view.track;
  const stoodStill = movedAt(committed, index - 1) === 0;
  const wasThere = owner[index - 2] === member && history.state[index - 2] === 'Stable';
  return stoodStill && wasThere && !pausesOften(view, index - 1, history.atMs);
}

/** A broker did not serve some of the busy logs meanwhile: then it may have been the one that made others pause. */
const wasBrokerDown = ({ judged, controls, history }: Evidence, index: number): boolean =>
  [...judged, ...controls].some((view) => isLogFrozen(view, history.atMs, index));

/** It stood still with work pending at another time as well: a new version that commits seldom does so all the time. */
function pausesOften({ track, usual, ownerSinceMs }: PartitionView, pause: number, atMs: readonly number[]): boolean {
  return track.committed.some((committed, index) => {
    if (committed === null || index < 1 || (atMs[index - 1] ?? 0) < ownerSinceMs) return false;
    if (Math.abs(index - pause) <= 1 || track.committed[pause] === committed) return false;
    const wasPending = (track.logEnd[index - 1] ?? 0) - committed > usual.restingMessages;
    return wasPending && track.committed[index - 1] === committed;
  });
}

/** Most of the old version's busy partitions moved and were not behind: what stopped the new one did not stop them. */
function othersMoved({ controls, settings }: Evidence, index: number): boolean | null {
  const busy = controls.filter(({ track }) => movedAt(track.logEnd, index) > 0);
  const moving = busy.filter(({ track }) => {
    const isNear = (track.timeLagMs[index] ?? Number.POSITIVE_INFINITY) < settings.skipMs / 2;
    return isNear && movedAt(track.committed, index) > 0;
  });
  return busy.length === 0 ? null : moving.length * 2 > busy.length;
}

/** How far it moved since the sample before; 0 if either is not known. */
function movedAt(offsets: readonly (number | null)[], index: number): number {
  const before = offsets[index - 1] ?? null;
  const after = offsets[index] ?? null;
  return before === null || after === null ? 0 : after - before;
}
