import type { GroupObjectives } from '../../lambdas/core/status/default/objectives.ts';
import { judged, spellsOf } from './judged.ts';
import { type Minute, minutesOf } from './one-partition.ts';

/** A story of one partition with a hundred new messages a minute, told by minutes, and what it is called when. */
export interface Story {
  readonly why: string;
  readonly minutes: number;
  readonly story: (minute: number) => Partial<Minute>;
  readonly objectives?: Partial<GroupObjectives>;
  readonly spells: readonly string[];
}

export const endAt = (minute: number): number => 5_000 + 100 * minute;

export function spells({ minutes, story, objectives = {} }: Story): readonly string[] {
  const snapshots = minutesOf(minutes, (minute) => ({
    end: endAt(minute),
    committed: endAt(minute),
    ...story(minute),
  }));
  return spellsOf(judged(snapshots, { objectives }));
}

/** Keeps up for an hour, then commits so many messages a minute. */
export const slowedTo = (perMinute: number) => (minute: number) => ({
  committed: minute < 60 ? endAt(minute) : endAt(60) + perMinute * (minute - 60),
});
