import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { Deedspan } from './deeds.ts';

/** What was noticed of what was done. */
export interface SoakScore {
  readonly faults: number;
  readonly missed: readonly Deedspan[];
  /** Openings that no fault of that group explains. */
  readonly falseAlarms: readonly Notice[];
  /** Openings while a broker was in trouble, or just after: true or not, nobody can say from outside. */
  readonly duringBrokerFaults: number;
  /** Incidents that were opened and never ended. */
  readonly neverEnded: readonly Notice[];
  /** Notices that came again under the same id. */
  readonly repeats: number;
  /** From a fault's begin to its notice, ascending. */
  readonly delaysMs: readonly number[];
}

/** A fault may be noticed a little after it is over, and its backlog is worked off for a while. */
const AFTER_MS = 90_000;

/** Compares what was done with what was told. Pure. */
export function scoreSoak(deeds: readonly Deedspan[], told: readonly Notice[]): SoakScore {
  const notices = [...new Map(told.map((notice) => [notice.id, notice])).values()];
  const ofGroups = notices.filter(({ group }) => group !== null);
  const openings = ofGroups.filter(({ transition }) => transition === 'opened');
  const faults = deeds.filter(({ group, isFault }) => group !== null && isFault);
  const brokers = deeds.filter(({ group }) => group === null);
  const explains = ({ group, fromMs, untilMs }: Deedspan, notice: Notice): boolean =>
    (group === null || group === notice.group) &&
    notice.atMs >= fromMs &&
    notice.atMs <= (untilMs ?? Number.POSITIVE_INFINITY) + AFTER_MS;
  const unexplained = openings.filter((notice) => !faults.some((fault) => explains(fault, notice)));
  const duringBrokerFaults = unexplained.filter((notice) => brokers.some((fault) => explains(fault, notice)));
  const firstOf = (fault: Deedspan) => openings.find((notice) => explains(fault, notice));
  const ended = new Set(
    ofGroups
      .filter(({ transition }) => transition === 'recovered' || transition === 'expired')
      .map(({ incidentId }) => incidentId),
  );
  return {
    faults: faults.length,
    missed: faults.filter((fault) => firstOf(fault) === undefined),
    falseAlarms: unexplained.filter((notice) => !duringBrokerFaults.includes(notice)),
    duringBrokerFaults: duringBrokerFaults.length,
    neverEnded: openings.filter(({ incidentId }) => !ended.has(incidentId)),
    repeats: told.length - notices.length,
    delaysMs: faults
      .map((fault) => (firstOf(fault)?.atMs ?? Number.NaN) - fault.fromMs)
      .filter((delayMs) => !Number.isNaN(delayMs))
      .sort((one, other) => one - other),
  };
}
