import { SluicegateError } from '../errors.ts';
import { burrowRuleset } from './burrow/burrow-ruleset.ts';
import { defaultRuleset } from './default/default-ruleset.ts';
import { DEFAULT_SETTINGS } from './default/default-settings.ts';
import { type GroupObjectives, NO_OBJECTIVES } from './default/objectives.ts';
import { scaledSettings } from './default/scaled-settings.ts';
import { RULESET_NAMES, type Ruleset, type RulesetName } from './ruleset.ts';

/** What a ruleset may be told beside its name. */
export interface RulesetOptions {
  /** Every duration of the rules divided by this: for a demo whose samples and clients are as much faster. */
  readonly timesFaster: number;
  readonly objectivesOf: (group: string) => GroupObjectives;
}

const USUAL: RulesetOptions = { timesFaster: 1, objectivesOf: () => NO_OBJECTIVES };

/** Burrow's rules count samples and know no objectives: they are the same at any speed. */
const RULESETS: Readonly<Record<RulesetName, (options: RulesetOptions) => Ruleset>> = {
  default: ({ timesFaster, objectivesOf }) =>
    defaultRuleset({ settings: scaledSettings(DEFAULT_SETTINGS, 1 / timesFaster), objectivesOf }),
  burrow: () => burrowRuleset(),
};

/** The ruleset of that name. Throws USAGE_INVALID, naming those there are. */
export function rulesetNamed(name: string, options: Partial<RulesetOptions> = {}): Ruleset {
  const known = RULESET_NAMES.find((each) => each === name);
  if (known !== undefined) return RULESETS[known]({ ...USUAL, ...options });
  throw new SluicegateError('USAGE_INVALID', `no ruleset "${name}": there is ${RULESET_NAMES.join(' and ')}`);
}
