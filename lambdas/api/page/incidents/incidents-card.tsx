import type { IncidentEntry } from '../../answers/incidents-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { hashTo } from '../routes.ts';
import { plainStatus } from '../words/statuses.ts';
import { Span } from './incident-line.tsx';

/** A group's incidents, each leading to its place in the cluster's timeline. */
export const IncidentsCard = ({
  cluster,
  incidents,
  isKnown,
}: {
  readonly cluster: string;
  readonly incidents: readonly IncidentEntry[];
  /** False while they are being read. */
  readonly isKnown: boolean;
}) => (
  <Card title="Incidents">
    {incidents.length === 0 ? (
      <Empty title={isKnown ? 'None in the time that is kept' : 'Reading …'} />
    ) : (
      <ul class="entries">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <a href={hashTo(cluster, { view: 'incidents' }, { incident: incident.id })}>
              <StatusMark tone={incident.severity === 'critical' ? 'err' : 'warn'}>
                {plainStatus(incident.kind)}
              </StatusMark>
            </a>
            <p class="note">
              <Span incident={incident} />
            </p>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
