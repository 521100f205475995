import type { GroupEntry } from '../../answers/groups-answer.ts';
import { plainStatus } from '../words/statuses.ts';

const TOLD_AT_MOST = 3;

/** What has changed from one look to the next, for those who hear the page: `orders: now Stopped.` Empty: nothing. */
export function changesText(before: readonly GroupEntry[], after: readonly GroupEntry[]): string {
  const known = new Map(before.map((entry) => [entry.group, conditionOf(entry)]));
  const changed = after.filter((entry) => {
    const was = known.get(entry.group);
    return was !== undefined && was !== conditionOf(entry);
  });
  const told = changed.slice(0, TOLD_AT_MOST).map((entry) => `${entry.group}: now ${plainStatus(conditionOf(entry))}.`);
  const more = changed.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more changed.`] : [])].join(' ');
}

/** What a group is in, in one word: the kind of its problem where it has one. */
export const conditionOf = ({ kind, status }: Pick<GroupEntry, 'kind' | 'status'>) => kind ?? status;
