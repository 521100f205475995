import { countText, durationText } from '../../quantity.ts';
import type { Reason } from '../verdict.ts';
import type { Commit } from './commit-ring.ts';
import type { BurrowPartition, BurrowRuleName } from './partition.ts';
import { firstRewindIndex } from './window-rules.ts';

/** Why a partition is not OK, with the numbers of its window. Null: it is OK. */
export function reasonOf(
  { rule, start, end, currentLagMessages: lagMessages, completeRatio, status }: BurrowPartition,
  { commits, nowMs, owned }: { readonly commits: readonly Commit[]; readonly nowMs: number; readonly owned: boolean },
): Reason | null {
  if (rule === 'tooIncomplete') {
    const filled = `${Math.floor(completeRatio * 100)} %`;
    return reason(rule, { commits: commits.length }, `only ${filled} of the window is filled yet`);
  }
  if (status === 'OK' || rule === null || start === null || end === null) return null;
  const windowMs = end.atMs - start.atMs;
  const waiting = `${countText(lagMessages)} messages wait`;
  const nobody = owned ? '' : '; nobody owns the partition';
  switch (rule) {
    case 'stopped': {
      const silentMs = nowMs - end.atMs;
      const numbers = { silentMs, windowMs, lagMessages };
      const span = windowMs > 0 ? `, longer than the ${durationText(windowMs)} of commits before` : '';
      return reason(rule, numbers, `no commit for ${durationText(silentMs)}${span}; ${waiting}${nobody}`);
    }
    case 'rewound': {
      const index = firstRewindIndex(commits);
      const numbers = {
        fromOffset: commits[index - 1]?.offset ?? 0,
        toOffset: commits[index]?.offset ?? 0,
        lagMessages,
      };
      const jump = `from ${countText(numbers.fromOffset)} to ${countText(numbers.toOffset)}`;
      return reason(rule, numbers, `the committed offset went back ${jump} and has not come as far again; ${waiting}`);
    }
    case 'stalled': {
      const numbers = { committedOffset: end.offset, unchangedMs: windowMs, lagMessages };
      const since = windowMs > 0 ? `for ${durationText(windowMs)}` : 'in the only reading so far';
      const what = `the committed offset stands at ${countText(end.offset)} ${since}`;
      return reason(rule, numbers, `${what}; ${waiting}${nobody}`);
    }
    default: {
      const numbers = { firstLagMessages: start.lagMessages ?? 0, lagMessages, windowMs };
      const growth = `from ${countText(numbers.firstLagMessages)} to ${countText(lagMessages)}`;
      return reason(rule, numbers, `the lag went ${growth} in ${durationText(windowMs)} and never fell`);
    }
  }
}

/** What stands in the way of a verdict. */
export const UNJUDGED = {
  noCommits: reason('noCommits', {}, 'the group never committed an offset to a topic that could be read'),
  shareGroup: reason('shareGroup', {}, 'Burrow has no rules for share groups'),
} as const satisfies Record<string, Reason>;

/** A partition whose last reading is too old to go by. */
export function notReadReason(unreadMs: number): Reason {
  return reason('notRead', { unreadMs }, `not read for ${durationText(unreadMs)}`);
}

function reason(
  rule: BurrowRuleName | 'noCommits' | 'shareGroup' | 'notRead',
  numbers: Reason['numbers'],
  sentence: string,
): Reason {
  return { rule, numbers, sentence };
}
