import type { ReleaseEntry } from '../../answers/releases-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import { hashTo } from '../routes.ts';
import { DecisionMark } from './decision-mark.tsx';

/** A group's releases, each leading to its evidence. */
export const ReleasesCard = ({
  cluster,
  releases,
  isKnown,
}: {
  readonly cluster: string;
  readonly releases: readonly ReleaseEntry[];
  /** False while they are being read. */
  readonly isKnown: boolean;
}) => (
  <Card title="Releases">
    {releases.length === 0 ? (
      <Empty title={isKnown ? 'None in the ledger' : 'Reading …'} />
    ) : (
      <ul class="entries">
        {releases.map(({ id, settled, startedAtMs, strategy }) => (
          <li key={id}>
            <a class="name" href={hashTo(cluster, { view: 'release', release: id })}>
              {id}
            </a>{' '}
            <DecisionMark decision={settled} />
            <p class="note">
              {strategy}, started <Instant atMs={startedAtMs} />
            </p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
