import { SluicegateError } from '../errors.ts';
import { burrowRuleset } from './burrow/burrow-ruleset.ts';
import { defaultRuleset } from './default/default-ruleset.ts';
import type { Ruleset, RulesetName } from './ruleset.ts';

const RULESETS: Readonly<Record<RulesetName, Ruleset>> = { default: defaultRuleset(), burrow: burrowRuleset() };

/** The ruleset of that name, with its own defaults. Throws USAGE_INVALID, naming those there are. */
export function rulesetNamed(name: string): Ruleset {
  const found = Object.entries(RULESETS).find(([known]) => known === name)?.[1];
  if (found !== undefined) return found;
  throw new SluicegateError('USAGE_INVALID', `no ruleset "${name}": there is ${Object.keys(RULESETS).join(' and ')}`);
}
