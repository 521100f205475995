import { useEffect, useRef } from 'preact/hooks';
import type { ClusterEntry, ClustersAnswer } from '../../answers/clusters-answer.ts';
import { clustersAddress } from '../data/addresses.ts';
import { type Answered, pollEveryMs } from '../data/answered.ts';
import { useAnswer } from '../data/use-answer.ts';
import { GroupView } from '../group/group-view.tsx';
import { IncidentsView } from '../incidents/incidents-view.tsx';
import { Overview } from '../overview/overview.tsx';
import { Empty, Waiting } from '../parts/states.tsx';
import { ReleaseView } from '../releases/release-view.tsx';
import { ReleasesView } from '../releases/releases-view.tsx';
import type { Route } from '../routes.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { usePlaceMemory } from './use-place-memory.ts';
import { useRoute } from './use-route.ts';

/** Before the cluster's own pace is known. */
const EVERY_MS = 5_000;

/** The whole page: which cluster, which place, and what is always around it. */
export function App() {
  const route = useRoute();
  const clusters = useAnswer<ClustersAnswer>({ address: clustersAddress(), about: 'clusters', everyMs: EVERY_MS });
  const known = clusters.answer?.clusters ?? [];
  const cluster = route.cluster ?? known[0]?.cluster ?? null;
  const entry = known.find((candidate) => candidate.cluster === cluster) ?? null;
  const main = useRef<HTMLElement>(null);
  usePlaceMemory(route, main);
  useEffect(() => {
    document.documentElement.dataset['cluster'] = cluster ?? '';
  }, [cluster]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header
        clusters={known}
        cluster={cluster}
        entry={entry}
        place={route.place}
        isStale={clusters.problem !== null}
      />
      <main id="content" ref={main} tabIndex={-1}>
        {cluster === null ? (
          <NoCluster clusters={clusters} />
        ) : (
          <View route={route} cluster={cluster} entry={entry} key={cluster} />
        )}
      </main>
      <Footer />
    </>
  );
}

const NoCluster = ({ clusters }: { readonly clusters: Answered<ClustersAnswer> }) =>
  clusters.answer === null ? (
    <Waiting of={clusters} what="the clusters" />
  ) : (
    <Empty title="No cluster is configured">Add one to sluicegate.config.json.</Empty>
  );

/** What every view gets. */
export interface ViewProps {
  readonly route: Route;
  readonly cluster: string;
  /** How often it looks again. */
  readonly everyMs: number;
}

function View({
  route,
  cluster,
  entry,
}: {
  readonly route: Route;
  readonly cluster: string;
  readonly entry: ClusterEntry | null;
}) {
  const props: ViewProps = { route, cluster, everyMs: entry === null ? EVERY_MS : pollEveryMs(entry.sampleIntervalMs) };
  const { place } = route;
  switch (place.view) {
    case 'groups':
      return <Overview {...props} entry={entry} />;
    case 'group':
      return <GroupView {...props} group={place.group} key={place.group} />;
    case 'incidents':
      return <IncidentsView {...props} />;
    case 'releases':
      return <ReleasesView {...props} />;
    case 'release':
      return <ReleaseView {...props} release={place.release} key={place.release} />;
  }
}
