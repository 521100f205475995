import { cellAtAge } from '../../../lag/time-axis.ts';
import { countText, durationText } from '../../../quantity.ts';
import { kendallTau } from '../../../statistics/kendall-tau.ts';
import { isManual } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { consumedNowPerS, producedPerS, provenPerS } from '../learn/capacity.ts';
import { isHeldBack } from '../observe/observe-cluster.ts';
import { isSeen, type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import type { GrowthShape } from '../settings.ts';
import { consumedPerS } from '../trail.ts';
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
    const { clear, quick, usual, long, slowDrain } = instant.settings.fallingBehind;
    if (!p.pending || p.movedMessages <= 0 || timeLagMsOf(p) < clear.timeLagMs) return false;
    // Growth alone must be more than the wait for the next commit explains.
    if (timeLagMsOf(p) >= long.timeLagMs + instant.group.cadence.usualMs && grows(p, long, instant)) return true;
    if (isHeldBack(instant.group, instant)) return false;
    return (
      hasSlowed(p, clear, instant) ||
      hasSlowed(p, quick, instant) ||
      hasSlowed(p, usual, instant) ||
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

/** Its backlog grows, and its owner handles less than it could. */
const hasSlowed = (p: PartitionMemory, shape: GrowthShape, instant: GroupInstant): boolean =>
  grows(p, shape, instant) && capacityFell(p, shape, instant);

/** The owner consumes less than it has shown that it can, and not more is written than it kept up with before. */
function capacityFell(p: PartitionMemory, { capacityShare }: GrowthShape, instant: GroupInstant): boolean {
  const { settings, group, atMs, memory } = instant;
  const { productionMs, productionFactor } = settings.fallingBehind;
  if (p.owner === null && !isManual(group)) return false;
  if (atMs - group.membersChangedAtMs < settings.noProgress.settleMs) return false;
  const writtenPerS = producedPerS(p.log, cellAtAge(memory.axis, atMs, productionMs), instant);
  if (!(writtenPerS <= productionFactor * p.sustainedPerS)) return false;
  const [perS, bestPerS] = [consumedNowPerS(p, instant), provenPerS(group, p)];
  return perS < capacityShare * bestPerS || isAlone(p, { writtenPerS, ownerPerS: perS, bestPerS }, instant);
}

/**
 * Does its owner keep up with all its other partitions and handle less of this one than it once kept up with, though it
 * is well below its best or has shown that it can do what is lacking as well? Then what is slow is in this partition,
 * and the owner's sum, which the others make up, hardly shows it.
 */
function isAlone(
  p: PartitionMemory,
  { writtenPerS, ownerPerS, bestPerS }: Record<'writtenPerS' | 'ownerPerS' | 'bestPerS', number>,
  { group, atMs, settings }: GroupInstant,
): boolean {
  const { aloneShare, sustainedTimeLagMs, consumptionMs, quick } = settings.fallingBehind;
  if (timeLagMsOf(p) < quick.timeLagMs) return false;
  const perS = consumedPerS(p, atMs, Math.max(...consumptionMs, 3 * group.cadence.usualMs));
  if (perS >= aloneShare * p.sustainedPerS) return false;
  const lackingPerS = Math.min(writtenPerS - perS, (1 - aloneShare) * bestPerS);
  if (ownerPerS + lackingPerS > bestPerS) return false;
  const headMs = sustainedTimeLagMs + group.cadence.usualMs;
  let moving = 0;
  for (const other of group.partitions) {
    if (other === p || other.owner !== p.owner || !isSeen(other, atMs)) continue;
    if (timeLagMsOf(other) > headMs) return false;
    if (atMs - other.lastAdvanceAtMs <= headMs) moving += 1;
  }
  return moving > 0;
}

const perSText = (perS: number): string => `${perS >= 10 ? countText(perS) : perS.toPrecision(2)}/s`;
