import { type Preflight, preflight } from '../core/release/preflight.ts';
import { openRelease } from './find-release.ts';
import type { GateDependencies, PreflightWish } from './gate.ts';
import { groupSnapshots } from './group-samples.ts';

/** Whether a release could start and would be judged, from stored samples alone. */
export async function askPreflight(
  { ledger, history, settings, clock }: GateDependencies,
  { cluster, ...question }: PreflightWish,
): Promise<Preflight> {
  const nowMs = clock.nowMs();
  const { group } = question;
  const [open, snapshots] = await Promise.all([
    openRelease(ledger, cluster, group),
    groupSnapshots(history, { cluster, group, fromMs: nowMs - settings.baselineMs }),
  ]);
  return preflight({ ...question, nowMs }, snapshots, settings, open);
}
