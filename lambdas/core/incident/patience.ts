import type { GroupStatus } from '../status/verdict.ts';
import type { Incident, Sight } from './incident.ts';
import type { IncidentSettings } from './incident-settings.ts';

const WEIGHT_OF: Readonly<Record<GroupStatus, number>> = { OK: 0, UNKNOWN: 1, WARN: 2, ERR: 3 };

/** How bad a status is, against another one. */
export const weightOf = (status: GroupStatus): number => WEIGHT_OF[status];

/**
 * How long something else than what the incident says must last before it counts.
 *
 * The rules have looked at a window before they call a group bad, so a beginning and a turn for the worse wait for
 * nothing. Everything that could flap has to last: a good moment, another kind, a reading that fails.
 */
export function patienceMs(
  sight: Sight,
  { from, status }: { readonly from: Incident | null; readonly status: GroupStatus },
  settings: IncidentSettings,
): number {
  switch (sight) {
    case 'OK':
      return settings.recoverAfterMs;
    case 'GONE':
      return settings.expireAfterMs;
    case 'UNREADABLE':
      return settings.unreadableAfterMs;
    default:
      return from === null || weightOf(status) > weightOf(from.status) ? 0 : settings.changeAfterMs;
  }
}
