import type { IncidentSettings } from '../../lambdas/core/incident/incident-settings.ts';

/** Nothing has to last, nothing is quiet, and a storm takes more groups than a test has. */
export const eagerSettings = (overrides: Partial<IncidentSettings> = {}): IncidentSettings => ({
  repeatIntervalMs: 3_600_000,
  recoverAfterMs: 0,
  changeAfterMs: 0,
  expireAfterMs: 0,
  unreadableAfterMs: 0,
  storm: { groups: 1_000, withinMs: 300_000 },
  quiet: [],
  ...overrides,
});
