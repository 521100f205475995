import { countText, durationText } from '../../../quantity.ts';
import type { GroupInstant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';
import { toleranceOf } from './tolerance.ts';

/** Work waits and the committed offset does not move. Over after two advances, or when nothing waits any more. */
export const noProgress: PartitionRule = {
  name: 'noProgress',
  status: ({ owner }) => (owner === null ? 'STOPPED' : 'STALLED'),
  opens: (p, instant) => isIdle(p, instant) && idleMsOf(p, instant) >= toleranceOf(p, instant).ms,
  begin: (p) => {
    p.advancesSinceOpen = 0;
  },
  closes: (p) => !p.pending || p.advancesSinceOpen >= 2,
  explain: (p, instant) => {
    const { group, settings } = instant;
    const owner = p.owner === null ? undefined : group.members.get(p.owner);
    const idleMs = idleMsOf(p, instant);
    const usualMs = Math.max(group.cadence.usualMs, settings.sampleIntervalMs);
    const whose = owner ? `owner ${owner.clientId} at ${owner.host}` : nobody(instant);
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

function nobody({ group }: GroupInstant): string {
  if (group.state === 'Dead') return 'the group was deleted';
  return group.members.size === 0 ? 'the group has no members' : 'nobody owns it';
}
