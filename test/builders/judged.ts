import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { type DefaultRules, defaultRuleset } from '../../lambdas/core/status/default/default-ruleset.ts';
import { type GroupObjectives, NO_OBJECTIVES } from '../../lambdas/core/status/default/objectives.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';

/** The verdicts of one group by the default rules, one for each snapshot; a group that is not known yet has none. */
export function judged(
  snapshots: readonly ClusterSnapshot[],
  { group = 'billing', objectives = {}, ...rules }: Partial<DefaultRules> & JudgedPart = {},
): readonly GroupVerdict[] {
  const run = defaultRuleset({ objectivesOf: () => ({ ...NO_OBJECTIVES, ...objectives }), ...rules }).begin(null);
  return snapshots.flatMap((snapshot) => run.advance(snapshot).filter((verdict) => verdict.group === group));
}

interface JudgedPart {
  readonly group?: string;
  readonly objectives?: Partial<GroupObjectives>;
}

/** What a group was called, and from which sample on: `['0 OK', '33 STALLED', '40 OK']`. */
export function spellsOf(verdicts: readonly GroupVerdict[]): readonly string[] {
  const names = verdicts.map(({ status, kind }) => kind ?? status);
  return names.flatMap((name, sample) => (name === names[sample - 1] ? [] : [`${sample} ${name}`]));
}
