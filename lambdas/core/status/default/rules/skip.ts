import { countText } from '../../../quantity.ts';
import { type GroupMemory, isManual } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { isSeen, type PartitionMemory, passedMessagesOf, timeLagMsOf } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';

/** The committed offset jumped over messages that nobody read. It can't be undone by itself, so it is told for a while. */
export const skip: PartitionRule = {
  name: 'skip',
  status: () => 'SKIP',
  opens: (p, instant) => (instant.group.skipping || jumpedWhileAway(p, instant)) && jumpedOver(p, instant),
  begin: (p, trouble, { atMs, settings }) => {
    trouble.heldUntilMs = atMs + settings.skip.holdMs;
    trouble.skippedMessages = p.movedMessages;
  },
  closes: (_, { heldUntilMs }, { atMs }) => !(atMs < heldUntilMs),
  explain: (_, { skippedMessages }) => ({
    numbers: { skippedMessages },
    sentence: `jumped over ${countText(skippedMessages)} messages that nobody can have read`,
  }),
};

/** Far behind, and at the end of the log one step later. */
function jumpedOver(p: PartitionMemory, { settings, group }: GroupInstant): boolean {
  const { timeLagMs, cadences, arrivedTimeLagMs } = settings.skip;
  return (
    p.movedMessages > 0 &&
    !p.blind &&
    p.timeLagBeforeMs > timeLagMs + cadences * group.cadence.usualMs &&
    timeLagMsOf(p) < arrivedTimeLagMs
  );
}

/** Nobody was there to read anything. */
function jumpedWhileAway({ advances }: PartitionMemory, { group, atMs, settings }: GroupInstant): boolean {
  return (
    group.emptySamples > 1 && !isManual(group) && advances > 1 && atMs - group.emptySinceMs > settings.skip.emptyMs
  );
}

/**
 * Did the group pass more messages in this step than it can have read? A catch-up reaches the ends of its partitions
 * one after the other; a reset reaches them all at once, and faster than the group ever was. Kafka sets no offsets of a
 * group at work: a member that stayed, however fast, has read.
 */
export function isSkipping(group: GroupMemory, instant: GroupInstant): boolean {
  const { atMs, stepMs, settings } = instant;
  const { shareMin, rateFactor, rateFactorUnowned, plausiblePerS, groupAgeMs } = settings.skip;
  const stayed = group.members.size > 0 && group.membersChangedAtMs !== atMs;
  if (stayed || atMs - group.firstSeenAtMs < groupAgeMs) return false;
  const behind = group.partitions.filter((p) => wasFarBehind(p, instant));
  const jumped = behind.filter((p) => jumpedOver(p, instant));
  if (jumped.length === 0 || jumped.length < shareMin * behind.length) return false;
  const messages = jumped.reduce((sum, p) => sum + passedMessagesOf(p), 0);
  const unowned = group.returnedAtMs === atMs && jumped.every(({ owner }) => owner === null);
  // Who came back just now has had this step; who was there may commit what was read since its last commit.
  const readMs = group.returnedAtMs === atMs ? stepMs : Math.max(stepMs, group.cadence.usualMs);
  const readableMessages = (group.capacity.groupBestPerS * readMs) / 1_000;
  const plausibleMessages = (plausiblePerS * stepMs) / 1_000;
  return messages > Math.max(plausibleMessages, (unowned ? rateFactorUnowned : rateFactor) * readableMessages);
}

function wasFarBehind(p: PartitionMemory, { atMs, settings, group }: GroupInstant): boolean {
  const { timeLagMs, cadences, advancesMin } = settings.skip;
  return (
    isSeen(p, atMs) && p.advances > advancesMin && p.timeLagBeforeMs > timeLagMs + cadences * group.cadence.usualMs
  );
}
