import type { Observation } from '../../lambdas/core/incident/observation.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';

const MINUTE_MS = 60_000;

/** What a minute shows of `billing`. */
export const aSighting = (
  minute: number,
  finding: GroupVerdict,
  overrides: Partial<Observation> = {},
): Observation => ({
  cluster: 'prod',
  group: finding.group,
  slotMs: minute * MINUTE_MS,
  atMs: minute * MINUTE_MS + 1_234,
  finding,
  gone: false,
  silent: false,
  ...overrides,
});
