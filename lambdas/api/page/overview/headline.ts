import type { StatusCounts } from '../../answers/groups-answer.ts';
import { countOf } from '../words/numbers.ts';

/** The cluster in one sentence: "2 of 6 groups are in trouble". */
export function headlineOf(counts: StatusCounts): string {
  const all = counts.ERR + counts.WARN + counts.UNKNOWN + counts.OK;
  const bad = counts.ERR + counts.WARN;
  if (all === 0) return 'No consumer group yet';
  if (bad > 0) return `${bad} of ${countOf(all, 'group')} ${bad === 1 ? 'is' : 'are'} in trouble`;
  if (counts.UNKNOWN === all) return `Not enough is known yet about ${countOf(all, 'group')}`;
  if (counts.UNKNOWN > 0) return `No trouble seen; ${countOf(counts.UNKNOWN, 'group')} of ${all} not known`;
  return all === 1 ? 'The one group is fine' : `All ${countOf(all, 'group')} are fine`;
}

/** What the tab says while another one is looked at. */
export const titleOf = (cluster: string, counts: StatusCounts): string => {
  const bad = counts.ERR + counts.WARN;
  return `${bad > 0 ? `(${bad}) ` : ''}${cluster} · sluicegate`;
};
