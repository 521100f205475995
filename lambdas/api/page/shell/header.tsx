import type { ClusterEntry } from '../../answers/clusters-answer.ts';
import { StatusShape } from '../parts/status-mark.tsx';
import { Ago } from '../parts/time.tsx';
import { hashTo, type Place } from '../routes.ts';
import { useNowMs } from './clock.ts';
import { ThemeSwitch } from './theme-switch.tsx';

interface HeaderProps {
  readonly clusters: readonly ClusterEntry[];
  readonly cluster: string | null;
  /** Null while it is not known. */
  readonly entry: ClusterEntry | null;
  readonly place: Place;
  /** The API does not answer. */
  readonly isStale: boolean;
}

/** What stands above every view: where one is, where one can go, and how fresh it all is. */
export const Header = ({ clusters, cluster, entry, place, isStale }: HeaderProps) => (
  <header class="top">
    <a class="brand" href={cluster === null ? '#/' : hashTo(cluster, { view: 'groups' })}>
      <Logo />
      sluicegate
    </a>
    {cluster !== null && <ClusterSwitch clusters={clusters} cluster={cluster} place={place} />}
    {cluster !== null && <Places cluster={cluster} place={place} />}
    <div class="top-end">
      {entry !== null && <Freshness entry={entry} isStale={isStale} />}
      <ThemeSwitch />
    </div>
  </header>
);

const Logo = () => (
  <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
    <path class="logo-gate" d="M5 4v16M19 4v16M5 8h14" />
    <path class="logo-water" d="M7.5 15.5c1.5-2 3 1.6 4.5 0s3 1.6 4.5 0" />
  </svg>
);

function ClusterSwitch({
  clusters,
  cluster,
  place,
}: {
  readonly clusters: readonly ClusterEntry[];
  readonly cluster: string;
  readonly place: Place;
}) {
  if (clusters.length < 2) return <span class="cluster-name">{cluster}</span>;
  const isDetail = place.view === 'group' || place.view === 'release';
  const target: Place = isDetail ? { view: 'groups' } : place;
  return (
    <label class="cluster-switch">
      <span class="hidden">Cluster</span>
      <select value={cluster} onChange={({ currentTarget }) => location.assign(hashTo(currentTarget.value, target))}>
        {clusters.map(({ cluster: name, counts }) => (
          <option key={name} value={name}>
            {counts.ERR + counts.WARN > 0 ? `${name} (${counts.ERR + counts.WARN} in trouble)` : name}
          </option>
        ))}
      </select>
    </label>
  );
}

const PLACES = [
  { title: 'Groups', place: { view: 'groups' }, views: ['groups', 'group'] },
  { title: 'Incidents', place: { view: 'incidents' }, views: ['incidents'] },
  { title: 'Releases', place: { view: 'releases' }, views: ['releases', 'release'] },
] as const;

const Places = ({ cluster, place }: { readonly cluster: string; readonly place: Place }) => (
  <nav class="places" aria-label="Views">
    {PLACES.map(({ title, place: target, views }) => {
      const isHere = views.some((view) => view === place.view);
      return (
        <a key={title} href={hashTo(cluster, target)} aria-current={isHere ? 'page' : undefined}>
          {title}
        </a>
      );
    })}
  </nav>
);

/** An answer older than so many intervals is not fresh: one sample was missed, and the next is late. */
const STALE_INTERVALS = 2.5;

function Freshness({ entry, isStale }: { readonly entry: ClusterEntry; readonly isStale: boolean }) {
  const nowMs = useNowMs();
  const { atMs, sampleIntervalMs } = entry;
  if (atMs === null) return <p class="fresh">Waiting for the first sample</p>;
  const isOld = isStale || nowMs - atMs > STALE_INTERVALS * sampleIntervalMs + 5_000;
  return (
    <p class={isOld ? 'fresh fresh-old' : 'fresh'} title={`Sampled every ${sampleIntervalMs / 1_000} s`}>
      {isOld && <StatusShape tone="warn" />}
      Sampled <Ago atMs={atMs} />
    </p>
  );
}
