import { cellAtAge } from '../../../lag/time-axis.ts';
import { countText, durationText } from '../../../quantity.ts';
import { kendallTau } from '../../../statistics/kendall-tau.ts';
import { isManual } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { consumedNowPerS, producedPerS, provenPerS } from '../learn/capacity.ts';
import { isHeldBack } from '../observe/observe-cluster.ts';
import { type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import type { GrowthShape } from '../settings.ts';
import { ages, grows, lagsFrom } from './growth.ts';
import type { PartitionRule } from './rule.ts';

/**
 * It moves, yet falls ever farther behind: the consumer became slower than it was, or has been too slow for longer than
 * a burst explains. Over when the backlog shrinks for good, or is nearly gone.
 */
export const fallingBehind: PartitionRule = {
  name: 'fallingBehind',
  status: () => 'FALLING_BEHIND',
  opens: (p, instant) => {
    const { quick, usual, long, slowDrain } = instant.settings.fallingBehind;
    if (!p.pending || p.movedMessages <= 0 || timeLagMsOf(p) < quick.timeLagMs) return false;
    // Growth alone must be more than the wait for the next commit explains.
    if (timeLagMsOf(p) >= long.timeLagMs + instant.group.cadence.usualMs && grows(p, long, instant)) return true;
    if (isHeldBack(instant.group, instant)) return false;
    return (
      (grows(p, quick, instant) && capacityFell(p, quick, instant)) ||
      (grows(p, usual, instant) && capacityFell(p, usual, instant)) ||
      (ages(p, slowDrain, instant) && capacityFell(p, slowDrain, instant))
    );
  },
  begin: (p, trouble) => {
    trouble.lagPeakMessages = p.lagMessages;
  },
  closes: (p, { lagPeakMessages }, { settings: { fallingBehind: settings } }) => {
    if (timeLagMsOf(p) <= settings.endTimeLagMs) return true;
    if (p.lagMessages >= settings.endFactor * lagPeakMessages) return false;
    return kendallTau(lagsFrom(p, p.trailLength - settings.endAdvances)) <= settings.endTrend;
  },
  explain: (p, _, instant) => {
    const numbers = {
      lagMessages: p.lagMessages,
      timeLagMs: timeLagMsOf(p),
      consumedPerS: consumedNowPerS(p, instant),
      provenPerS: provenPerS(instant.group, p),
    };
    const pace = `its owner handles ${perSText(numbers.consumedPerS)}, and has shown ${perSText(numbers.provenPerS)}`;
    return {
      numbers,
      sentence: `${countText(p.lagMessages)} waiting, the oldest ${durationText(numbers.timeLagMs)} old, and it gets worse; ${pace}`,
    };
  },
};

/** The owner consumes less than it has shown that it can, and not more is written than it kept up with before. */
function capacityFell(p: PartitionMemory, { capacityShare }: GrowthShape, instant: GroupInstant): boolean {
  const { settings, group, atMs, memory } = instant;
  const { productionMs, productionFactor } = settings.fallingBehind;
  if (p.owner === null && !isManual(group)) return false;
  if (atMs - group.membersChangedAtMs < settings.noProgress.settleMs) return false;
  const writtenPerS = producedPerS(p.log, cellAtAge(memory.axis, atMs, productionMs), instant);
  if (!(writtenPerS <= productionFactor * p.sustainedPerS)) return false;
  return consumedNowPerS(p, instant) < capacityShare * provenPerS(group, p);
}

const perSText = (perS: number): string => `${perS >= 10 ? countText(perS) : perS.toPrecision(2)}/s`;
