import { useEffect } from 'preact/hooks';
import type { ReleasesAnswer } from '../../answers/releases-answer.ts';
import { releasesAddress } from '../data/addresses.ts';
import { useAnswer } from '../data/use-answer.ts';
import { GroupLink } from '../overview/open-incidents.tsx';
import { Empty, StaleNote, Waiting } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import { hashTo } from '../routes.ts';
import type { ViewProps } from '../shell/app.tsx';
import { sinceText } from '../words/durations.ts';
import { countOf } from '../words/numbers.ts';
import { DecisionMark } from './decision-mark.tsx';

/** The ledger: every release with what the gate said of it. */
export function ReleasesView({ cluster, everyMs }: ViewProps) {
  const releases = useAnswer<ReleasesAnswer>({
    address: releasesAddress(cluster),
    about: `releases of ${cluster}`,
    everyMs,
  });
  useEffect(() => {
    document.title = `Releases · ${cluster} · sluicegate`;
  }, [cluster]);
  const { answer } = releases;
  if (answer === null) return <Waiting of={releases} what="the releases" />;
  return (
    <>
      <StaleNote of={releases} />
      <section class="view-head" aria-label="Summary">
        <h1>{answer.releases.length === 0 ? 'No release yet' : countOf(answer.releases.length, 'release')}</h1>
      </section>
      {answer.releases.length === 0 ? (
        <Empty title="The ledger is empty">
          <code>sluicegate release start</code> writes the first one; the gate then answers whether it may go on.
        </Empty>
      ) : (
        <ul class="release-list">
          {answer.releases.map((release) => (
            <li key={release.id} class="release-line">
              <DecisionMark decision={release.settled} />
              <div>
                <p class="release-name">
                  <a class="name" href={hashTo(cluster, { view: 'release', release: release.id })}>
                    {release.id}
                  </a>{' '}
                  <span class="note">
                    {release.strategy} release of <GroupLink cluster={cluster} group={release.group} />
                  </span>
                </p>
                {release.sentence !== null && <p>{release.sentence}</p>}
                <p class="note">
                  started <Instant atMs={release.startedAtMs} />
                  {release.decidedAtMs !== null &&
                    `, answered ${sinceText(release.startedAtMs, release.decidedAtMs)} later`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
