import type { IncidentEntry, IncidentsAnswer } from '../../../lambdas/api/answers/incidents-answer.ts';
import { ADVICE_OF } from '../../../lambdas/core/incident/advice.ts';
import { SEVERITY_OF } from '../../../lambdas/core/incident/severity.ts';
import { NOW_MS, SOME_GROUPS } from './page-groups.ts';

/** An open incident. */
export function anIncidentEntry(entry: Partial<IncidentEntry> = {}): IncidentEntry {
  const kind = entry.kind ?? 'STOPPED';
  return {
    id: 'i-1',
    group: 'orders',
    kind,
    status: SEVERITY_OF[kind] === 'critical' ? 'ERR' : 'WARN',
    severity: SEVERITY_OF[kind],
    openedAtMs: NOW_MS - 600_000,
    kindAtMs: NOW_MS - 600_000,
    endedAtMs: null,
    ended: null,
    topics: ['orders'],
    sentence: null,
    advice: entry.endedAtMs == null ? ADVICE_OF[kind] : null,
    ...entry,
  };
}

/** Those of `SOME_GROUPS` that are open, and some that are over. */
export const SOME_INCIDENTS: readonly IncidentEntry[] = [
  ...SOME_GROUPS.flatMap(({ group, kind, sentence, incidentOpenedAtMs }) =>
    kind === null || incidentOpenedAtMs === null
      ? []
      : [
          anIncidentEntry({
            id: `i-${group}`,
            group,
            kind,
            sentence,
            openedAtMs: incidentOpenedAtMs,
            kindAtMs: incidentOpenedAtMs,
          }),
        ],
  ),
  anIncidentEntry({
    id: 'i-8',
    group: 'billing',
    kind: 'REWIND',
    openedAtMs: NOW_MS - 9_000_000,
    endedAtMs: NOW_MS - 7_800_000,
    ended: 'recovered',
    sentence: 'went back: 6,000 messages are read again, the oldest 40 min old',
  }),
  anIncidentEntry({
    id: 'i-9',
    group: 'old-report',
    kind: 'STOPPED',
    openedAtMs: NOW_MS - 15_000_000,
    endedAtMs: NOW_MS - 11_000_000,
    ended: 'expired',
  }),
  anIncidentEntry({
    id: 'i-10',
    group: null,
    kind: 'UNREADABLE',
    openedAtMs: NOW_MS - 19_000_000,
    endedAtMs: NOW_MS - 18_700_000,
    ended: 'recovered',
  }),
];

export const anIncidentsAnswer = (incidents: readonly IncidentEntry[] = SOME_INCIDENTS): IncidentsAnswer => ({
  nowMs: NOW_MS + 2_000,
  cluster: 'prod',
  sinceMs: NOW_MS - 86_400_000,
  incidents,
});
