import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import { type Said, saidOf } from './episodes.ts';
import type { LabelledHistory } from './labelled-histories.ts';
import { addGroup, emptyScore, type Score } from './score.ts';

/** Judges a history from a cold start and adds what came of it. */
export function measure(score: Score, ruleset: Ruleset, { file, groups, labels, snapshots }: LabelledHistory): void {
  const run = ruleset.begin(null);
  const said = new Map<string, Said[]>(groups.map((group) => [group, []]));
  for (const snapshot of snapshots) {
    for (const verdict of run.advance(snapshot)) said.get(verdict.group)?.push(saidOf(snapshot.atMs, verdict));
  }
  for (const [group, list] of said) {
    addGroup(
      score,
      { file, group },
      labels.filter((label) => label.group === group),
      list,
    );
  }
}

/** The same over many histories. */
export function measured(ruleset: Ruleset, histories: readonly LabelledHistory[]): Score {
  const score = emptyScore();
  for (const history of histories) measure(score, ruleset, history);
  return score;
}
