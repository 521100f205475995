import type { ReleasedGroup } from './groups.ts';
import { EASY, type Pace } from './paced-consumer.ts';

/** What a member of the version in use can handle of each partition; more than comes. */
const CAPACITY_PER_S = 15;

/** How the version in use works. */
export const inUse: Pace = { ...EASY, messagesPerS: () => CAPACITY_PER_S };

/** As slow as a third of the version in use, and it hangs on one partition: the first that it meets. */
export function slowAndHanging(): Pace {
  let hanging: number | null = null;
  return {
    ...EASY,
    messagesPerS: (partition) => {
      hanging ??= partition;
      return partition === hanging ? 0 : CAPACITY_PER_S / 3;
    },
  };
}

/** How a group's new version works. */
export const newVersion = (group: ReleasedGroup): Pace => (group === 'payments-bad' ? slowAndHanging() : inUse);

/** Client ids of a version begin with this: by it the gate tells the versions apart. */
export const clientIdOf = (group: ReleasedGroup, version: 1 | 2): string => `${group}-v${version}`;
