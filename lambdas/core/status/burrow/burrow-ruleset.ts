import type { ClusterSnapshot } from '../../cluster/snapshot.ts';
import { groupVerdictOf } from '../group-verdict.ts';
import type { Ruleset, RulesetRun } from '../ruleset.ts';
import type { GroupVerdict } from '../verdict.ts';
import { parseCheckpoint, renderCheckpoint } from './checkpoint.ts';
import { emptyState, newestAtMs, type PolledGroup, type PolledState } from './polled-state.ts';
import { BURROW_DEFAULTS, type BurrowSettings } from './settings.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** Burrow's rules over polled snapshots, in our words. docs/rulesets/burrow.md has rules, differences and figures. */
export function burrowRuleset(settings: BurrowSettings = BURROW_DEFAULTS): Ruleset {
  return {
    name: 'burrow',
    begin: (from) => runFrom(from === null ? emptyState() : parseCheckpoint(from.checkpoint), settings),
  };
}

function runFrom(state: PolledState, settings: BurrowSettings): RulesetRun {
  let verdicts = verdictsOf(state);
  return {
    advance: (snapshot: ClusterSnapshot): readonly GroupVerdict[] => {
      if (snapshot.atMs > newestAtMs(state)) {
        takeSnapshot(state, snapshot, settings);
        verdicts = verdictsOf(state);
      }
      return verdicts;
    },
    measuresOf: () => null,
    checkpoint: () => renderCheckpoint(state),
  };
}

const verdictsOf = ({ groups }: PolledState): readonly GroupVerdict[] =>
  Array.from(groups, ([name, group]) => verdictOf(name, group));

function verdictOf(name: string, { partitions, unjudged }: PolledGroup): GroupVerdict {
  const verdicts = Array.from(
    partitions,
    ([topic, list]) => [topic, list.map((partition) => partition?.verdict ?? null)] as const,
  );
  return groupVerdictOf(name, new Map(verdicts), unjudged);
}
