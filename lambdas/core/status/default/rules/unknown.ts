import { countText, durationText } from '../../../quantity.ts';
import type { Reason } from '../../verdict.ts';
import { isAway } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { isSeen, type PartitionMemory } from '../partition-memory.ts';
import { idleMsOf, isIdle } from './no-progress.ts';
import { type Tolerance, toleranceOf, UNSURE } from './tolerance.ts';

/** Why nothing can be said of a partition now, or null when something can. */
export function unknownReasonOf(p: PartitionMemory, instant: GroupInstant): Reason | null {
  const { atMs, settings, group } = instant;
  const unseenMs = atMs - p.seenAtMs;
  if (unseenMs > settings.unknownAfterMs) {
    return { rule: 'notRead', numbers: { unseenMs }, sentence: `could not be read for ${durationText(unseenMs)}` };
  }
  if (!p.pending || !isSeen(p, atMs)) return null;
  if (group.samples < 2) {
    const sentence = `${countText(p.lagMessages)} waiting, seen once: whether they are worked off shows with the next samples`;
    return { rule: 'tooFewSamples', numbers: { samples: group.samples, lagMessages: p.lagMessages }, sentence };
  }
  return isIdle(p, instant) ? waitingReasonOf(p, instant) : null;
}

/** It would be an alarm already if the group were known better, or if the trouble were its own. */
function waitingReasonOf(p: PartitionMemory, instant: GroupInstant): Reason | null {
  const { noProgress } = instant.settings;
  const idleMs = idleMsOf(p, instant);
  if (idleMs < (isAway(instant.group) ? noProgress.absentMs : noProgress.stalledMs)) return null;
  const { ms, because } = toleranceOf(p, instant);
  if (!UNSURE.has(because)) return null;
  return {
    rule: because,
    numbers: { idleMs, toleranceMs: ms, lagMessages: p.lagMessages },
    sentence: `no progress for ${durationText(idleMs)} with ${countText(p.lagMessages)} waiting; ${WHY[because]}; trouble after ${durationText(ms)}`,
  };
}

const WHY: Readonly<Record<Tolerance['because'], string>> = {
  usual: 'within what is usual here',
  usualAbsence: 'the group is usually away for so long',
  nobodyThere: 'the group has no members',
  unowned: 'nobody owns it',
  commitsVanished: 'its commits are gone',
  rebalancing: 'the group rebalances',
  rhythmUnknown: "the group's rhythm is not known yet",
  jobOrGone: 'the group may be a job between two runs, or gone',
  clusterWide: 'most groups of this cluster stand still since then, so that the cause may not be this group',
  logFrozen: 'nothing is written any more either, so that the cause may be the broker',
};
