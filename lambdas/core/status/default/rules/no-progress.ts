import { countText, durationText } from '../../../quantity.ts';
import { isAway } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { clearTrail } from '../trail.ts';
import type { PartitionRule } from './rule.ts';
import { toleranceOf } from './tolerance.ts';

/** Work waits and the committed offset does not move. Over after two advances, or when nothing waits any more. */
export const noProgress: PartitionRule = {
  name: 'noProgress',
  // As it was when it began: an owner that comes back for a moment, or is gone for one, makes no other trouble of it.
  status: (_, { ownerAtOpen }, { group }) => (ownerAtOpen === null || isAway(group) ? 'STOPPED' : 'STALLED'),
  opens: (p, instant) => isIdle(p, instant) && idleMsOf(p, instant) >= toleranceOf(p, instant).ms,
  begin: (_, trouble) => {
    trouble.advances = 0;
  },
  closes: (p, { advances }) => !p.pending || advances >= 2,
  // A backlog from a standstill says nothing about the pace afterwards.
  end: clearTrail,
  explain: (p, { advances }, instant) => {
    const { group, settings } = instant;
    const idleMs = idleMsOf(p, instant);
    const usualMs = Math.max(group.cadence.usualMs, settings.sampleIntervalMs);
    const whose = whoseText(p, instant);
    if (advances > 0)
      return {
        numbers: { idleMs, lagMessages: p.lagMessages, usualMs },
        sentence: `moves again, with ${countText(p.lagMessages)} waiting; ${whose}`,
      };
    return {
      numbers: { idleMs, lagMessages: p.lagMessages, usualMs },
      sentence: `no progress for ${durationText(idleMs)} with ${countText(p.lagMessages)} waiting; usual ${durationText(usualMs)}; ${whose}`,
    };
  },
};

/** Work waits and has not moved in enough samples to ask for how long that may be. */
export const isIdle = (p: PartitionMemory, { settings }: GroupInstant): boolean =>
  p.pending && p.stuckSamples >= settings.noProgress.samplesMin;

/** Since the last advance, or since work began to wait; not counted before members came back. */
export const idleMsOf = (p: PartitionMemory, { group }: GroupInstant): number =>
  Math.max(0, p.seenAtMs - Math.max(p.idleSinceMs, group.returnedAtMs));

function whoseText(p: PartitionMemory, { group }: GroupInstant): string {
  if (group.type === 'share' && p.owner !== null) return `shared by ${group.members.size} members`;
  const owner = p.owner === null ? undefined : group.members.get(p.owner);
  if (owner !== undefined) return `owner ${owner.clientId} at ${owner.host}`;
  if (group.state === 'Dead') return 'the group was deleted';
  return group.members.size === 0 ? 'the group has no members' : 'nobody owns it';
}
