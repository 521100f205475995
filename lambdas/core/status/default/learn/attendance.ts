import { cellAtAge } from '../../../lag/time-axis.ts';
import { type GroupMemory, isAway, oldestMsOf } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { producedPerS } from './capacity.ts';

/** Absences kept to learn from. */
const ABSENCES_MAX = 24;

/** Follows a group's visits and absences: is it there all day, and how long is it used to being away? */
export function learnAttendance(group: GroupMemory, instant: GroupInstant): void {
  if (isAway(group)) {
    followAbsence(group);
    return;
  }
  const { attendance } = group;
  if (!Number.isNaN(attendance.awayWithWorkSinceMs)) {
    returned(group, instant.atMs - attendance.awayWithWorkSinceMs, instant);
  }
  attendance.awayWithWorkSinceMs = Number.NaN;
  attendance.awayAlarmed = false;
  followVisit(group, instant);
}

function followVisit(group: GroupMemory, instant: GroupInstant): void {
  const { atMs, settings } = instant;
  const { attendance, cadence } = group;
  const { headMs, behindMs, residentMs, residentBehindMs } = settings.attendance;
  if (Number.isNaN(attendance.visitSinceMs) || group.returnedAtMs === atMs) beginVisit(group, atMs);
  const oldestMs = oldestMsOf(group);
  if (!attendance.resident && hasLongKeptUp(group, instant)) attendance.resident = true;
  if (!attendance.reachedHead && oldestMs >= behindMs) attendance.beganBehind = true;
  if (oldestMs > headMs + 1.5 * cadence.usualMs || group.partitions.some((p) => p.pending && p.beforeHistory)) {
    attendance.headSinceMs = Number.NaN;
    return;
  }
  if (!attendance.reachedHead && arrivalAgeMs(group, instant) >= behindMs) attendance.beganBehind = true;
  attendance.reachedHead = true;
  if (Number.isNaN(attendance.headSinceMs)) attendance.headSinceMs = atMs;
  const longMs = attendance.beganBehind ? residentBehindMs : residentMs;
  if (atMs - attendance.headSinceMs >= longMs) attendance.resident = true;
}

/** A job does not wait at the head of one partition for hours, however far behind it is in another. */
function hasLongKeptUp({ partitions, attendance }: GroupMemory, { atMs, settings }: GroupInstant): boolean {
  const { residentBehindMs } = settings.attendance;
  if (atMs - attendance.visitSinceMs < residentBehindMs) return false;
  return partitions.some(
    (p) => atMs - p.keepsUpSinceMs >= residentBehindMs && atMs - p.lastAdvanceAtMs <= settings.clusterWide.activeMs,
  );
}

function beginVisit({ attendance, partitions }: GroupMemory, atMs: number): void {
  let arrivalLagMessages = 0;
  for (const p of partitions) if (p.pending) arrivalLagMessages += p.lagMessages;
  Object.assign(attendance, {
    visitSinceMs: atMs,
    headSinceMs: Number.NaN,
    reachedHead: false,
    beganBehind: false,
    arrivalLagMessages,
  });
}

/** How long it took, at the pace since, to write what waited when the visit began: its age where history is too short. */
function arrivalAgeMs({ attendance, partitions }: GroupMemory, { memory, atMs }: GroupInstant): number {
  if (attendance.arrivalLagMessages === 0) return 0;
  const cell = cellAtAge(memory.axis, atMs, atMs - attendance.visitSinceMs);
  let writtenPerS = 0;
  for (const { log } of partitions) writtenPerS += producedPerS(log, cell, { memory, atMs }) || 0;
  return (attendance.arrivalLagMessages / writtenPerS) * 1_000;
}

function followAbsence(group: GroupMemory): void {
  const { attendance } = group;
  if (group.alarmed) attendance.awayAlarmed = true;
  if (!Number.isNaN(attendance.awayWithWorkSinceMs)) return;
  let idleSinceMs = Number.POSITIVE_INFINITY;
  for (const p of group.partitions) if (p.pending) idleSinceMs = Math.min(idleSinceMs, p.idleSinceMs);
  if (idleSinceMs < Number.POSITIVE_INFINITY) {
    attendance.awayWithWorkSinceMs = Math.max(group.emptySinceMs, idleSinceMs);
  }
}

/** Three alarmed absences alike are a rhythm after all: a new job must not alarm for ever. */
function returned({ attendance }: GroupMemory, spellMs: number, { settings, stepMs }: GroupInstant): void {
  // By the last sample without members: a deploy's gap, which no rule minds, teaches nothing.
  if (spellMs - stepMs <= settings.noProgress.absentMs || Number.isNaN(attendance.visitSinceMs)) return;
  const { absences, alarmedAbsences } = attendance;
  if (!attendance.awayAlarmed) {
    remember(absences, spellMs);
    return;
  }
  remember(alarmedAbsences, spellMs);
  const { alarmedAlike, alarmedSpread } = settings.attendance;
  const last = alarmedAbsences.slice(-alarmedAlike);
  if (last.length < alarmedAlike || Math.max(...last) > alarmedSpread * Math.min(...last)) return;
  for (const alarmed of last) remember(absences, alarmed);
  alarmedAbsences.length = 0;
}

function remember(spells: number[], spellMs: number): void {
  spells.push(spellMs);
  if (spells.length > ABSENCES_MAX) spells.shift();
}

/** How long a group may be away with work waiting; null when nothing is known that would tell. */
export function usualAbsenceMs({ attendance }: GroupMemory, { settings, objectives }: GroupInstant): number | null {
  const { medianFactor, fewFactor, extraMs, secondFactor } = settings.attendance;
  const absences = attendance.absences.toSorted((a, b) => a - b);
  const expectedMs = objectives.cadenceMs === null ? 0 : objectives.cadenceMs + extraMs;
  const median = absences[Math.floor(absences.length / 2)];
  if (median === undefined) return expectedMs > 0 ? expectedMs : null;
  const second = absences.length >= 4 ? (absences.at(-2) ?? 0) : 0;
  const factor = medianFactor + fewFactor / absences.length ** 2;
  return Math.max(factor * median + extraMs, secondFactor * second, expectedMs);
}

/** It left with all its work undone, after a time in which a job would have got somewhere. */
export function wasCutOff(group: GroupMemory, { settings }: GroupInstant): boolean {
  const { unfinishedMs, behindMs } = settings.attendance;
  const { attendance, emptySinceMs, partitions } = group;
  if (!(emptySinceMs - attendance.visitSinceMs >= unfinishedMs)) return false;
  return partitions.every((p) => !p.pending || emptySinceMs - p.producedAtMs >= behindMs);
}
