import { countText, durationText } from '../../../quantity.ts';
import { type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import type { PartitionRule } from './rule.ts';

/** The time lag is longer than the group's owners allow, for good and without getting better. */
export const objectiveBroken: PartitionRule = {
  name: 'objectiveBroken',
  status: () => 'FALLING_BEHIND',
  opens: (p, { objectives, settings, atMs }) =>
    isOver(p, objectives.timeLagMs) && atMs - p.overSinceMs >= settings.fallingBehind.objectiveMs && !isShrinking(p),
  closes: (p, _, { objectives }) => !isOver(p, objectives.timeLagMs),
  explain: (p, _, { objectives }) => {
    const objectiveMs = objectives.timeLagMs ?? 0;
    return {
      numbers: { timeLagMs: timeLagMsOf(p), objectiveMs, lagMessages: p.lagMessages },
      sentence: `the oldest of ${countText(p.lagMessages)} waiting is ${durationText(timeLagMsOf(p))} old; the objective is ${durationText(objectiveMs)}`,
    };
  },
};

const isOver = (p: PartitionMemory, objectiveMs: number | null): boolean =>
  objectiveMs !== null && timeLagMsOf(p) > objectiveMs;

/** Catching up is not trouble, however long it takes. */
const isShrinking = (p: PartitionMemory): boolean => timeLagMsOf(p) < p.timeLagBeforeMs;
