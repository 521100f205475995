import { useEffect, useMemo } from 'preact/hooks';
import type { ClusterEntry } from '../../answers/clusters-answer.ts';
import type { GroupsAnswer } from '../../answers/groups-answer.ts';
import type { IncidentsAnswer } from '../../answers/incidents-answer.ts';
import { GROUPS_LIMIT, groupsAddress, incidentsAddress } from '../data/addresses.ts';
import { useAnswer } from '../data/use-answer.ts';
import { Empty, StaleNote, Waiting } from '../parts/states.tsx';
import type { ViewProps } from '../shell/app.tsx';
import { select } from '../shell/use-route.ts';
import { countOf } from '../words/numbers.ts';
import { ClusterTrouble } from './cluster-trouble.tsx';
import { GroupTable } from './group-table.tsx';
import { titleOf } from './headline.ts';
import { OpenIncidents } from './open-incidents.tsx';
import { selectGroups, selectionOf, serverQueryOf } from './select-groups.ts';
import { Summary } from './summary.tsx';
import { Toolbar } from './toolbar.tsx';
import { useChangesTold } from './use-changes-told.ts';

/** One cluster: how it is as a whole, what is open, and every group, those in trouble first. */
export function Overview({ route, cluster, everyMs, entry }: ViewProps & { readonly entry: ClusterEntry | null }) {
  const selection = useMemo(() => selectionOf(route.query), [route.query]);
  const isLarge = entry !== null && Object.values(entry.counts).reduce((sum, count) => sum + count, 0) > GROUPS_LIMIT;
  const groups = useAnswer<GroupsAnswer>({
    address: groupsAddress(cluster, isLarge ? serverQueryOf(selection) : {}),
    about: `groups of ${cluster}`,
    everyMs,
  });
  const incidents = useAnswer<IncidentsAnswer>({
    address: incidentsAddress(cluster),
    about: `incidents of ${cluster}`,
    everyMs,
  });
  const { answer } = groups;
  // A look between two samples finds nothing new: the rows stay as they are.
  const entries = useMemo(
    () => answer?.groups ?? [],
    [answer?.atMs, answer?.total, answer === null, isLarge && answer],
  );
  const shown = useMemo(() => selectGroups(entries, selection), [entries, selection]);
  const told = useChangesTold(entries);
  useEffect(() => {
    if (answer !== null) document.title = titleOf(cluster, answer.counts);
  }, [cluster, answer]);
  if (answer === null) return <Waiting of={groups} what="the groups" />;
  const open = (incidents.answer?.incidents ?? []).filter(({ endedAtMs }) => endedAtMs === null);
  return (
    <>
      <StaleNote of={groups} />
      <ClusterTrouble entry={entry} />
      <Summary answer={answer} entry={entry} selection={selection} onSelect={(query) => select(route, query)} />
      <OpenIncidents cluster={cluster} incidents={open} />
      <section class="groups" aria-label="Consumer groups">
        <Toolbar selection={selection} entries={entries} onSelect={(query) => select(route, query)} />
        {shown.length > 0 ? (
          <GroupTable
            cluster={cluster}
            groups={shown}
            trailAtMs={answer.trailAtMs}
            selection={selection}
            onSelect={(query) => select(route, query)}
          />
        ) : (
          <NothingShown hasGroups={entries.length > 0 || answer.total > 0} isJudged={answer.atMs !== null} />
        )}
        {shown.length > 0 && (
          <p class="note table-foot">
            {countOf(shown.length, 'group')} shown of {countOf(answer.total, 'group')}
            {answer.total > entries.length && '; a search or a filter looks through all of them'}
          </p>
        )}
      </section>
      <p class="hidden" role="status">
        {told}
      </p>
    </>
  );
}

function NothingShown({ hasGroups, isJudged }: { readonly hasGroups: boolean; readonly isJudged: boolean }) {
  if (hasGroups) return <Empty title="No group fits">Change the search or take a filter away.</Empty>;
  if (isJudged)
    return <Empty title="No consumer group yet">Groups show up here once they have committed an offset.</Empty>;
  return <Empty title="Nothing is judged yet">The first sample is on its way.</Empty>;
}
