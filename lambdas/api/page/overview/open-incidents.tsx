import type { IncidentEntry } from '../../answers/incidents-answer.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { Since } from '../parts/time.tsx';
import { hashTo } from '../routes.ts';
import { plainStatus } from '../words/statuses.ts';

const SHOWN_AT_MOST = 8;

/** What is open now, the youngest first; why it is stands in the group's row. Nothing while nothing is. */
export function OpenIncidents({
  cluster,
  incidents,
}: {
  readonly cluster: string;
  readonly incidents: readonly IncidentEntry[];
}) {
  if (incidents.length === 0) return null;
  const more = incidents.length - SHOWN_AT_MOST;
  return (
    <section class="open-incidents" aria-labelledby="open-incidents">
      <header class="strip-head">
        <h2 id="open-incidents">Open incidents</h2>
        <a href={hashTo(cluster, { view: 'incidents' })}>{more > 0 ? `All ${incidents.length}` : 'Timeline'}</a>
      </header>
      <ul>
        {incidents.slice(0, SHOWN_AT_MOST).map((incident) => (
          <li key={incident.id} class={`incident-card ${incident.severity}`}>
            <p class="incident-head">
              <StatusMark tone={incident.severity === 'critical' ? 'err' : 'warn'}>
                {plainStatus(incident.kind)}
              </StatusMark>
              <span class="note">
                for <Since atMs={incident.openedAtMs} />
              </span>
            </p>
            <p class="incident-group">
              {incident.group === null ? 'the whole cluster' : <GroupLink cluster={cluster} group={incident.group} />}
            </p>
            {incident.group === null && incident.sentence !== null && <p class="incident-why">{incident.sentence}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A group's name, leading to it. */
export const GroupLink = ({ cluster, group }: { readonly cluster: string; readonly group: string }) => (
  <a class="name" href={hashTo(cluster, { view: 'group', group })}>
    {group}
  </a>
);
