import { NO_OBJECTIVES } from '../core/status/default/objectives.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import { rulesetNamed } from '../core/status/rulesets.ts';
import type { Config } from './config.ts';

/** The ruleset that judges a cluster, with what the configuration expects of its groups. */
export function configuredRuleset({ ruleset, timesFaster, groups }: Config, cluster: string): Ruleset {
  const here = groups.filter((expected) => expected.cluster === null || expected.cluster === cluster);
  return rulesetNamed(ruleset, {
    timesFaster,
    objectivesOf: (group) => here.find(({ match }) => match.test(group))?.objectives ?? NO_OBJECTIVES,
  });
}
