import type { IncidentEntry } from '../../answers/incidents-answer.ts';
import { GroupLink } from '../overview/open-incidents.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Instant, Since } from '../parts/time.tsx';
import { sinceText } from '../words/durations.ts';
import { plainStatus } from '../words/statuses.ts';
import type { IncidentBar } from './incident-bars.ts';

/** One incident: what, where, for how long, why; and its place in time. */
export function IncidentLine({
  cluster,
  bar: { incident, start, width },
  isPicked,
}: {
  readonly cluster: string;
  readonly bar: IncidentBar;
  readonly isPicked: boolean;
}) {
  const { kind, severity, group, endedAtMs, sentence, advice } = incident;
  const tone = severity === 'critical' ? 'err' : 'warn';
  const isOver = endedAtMs !== null;
  return (
    <li class={`timeline-line ${isOver ? 'over' : 'open'} ${isPicked ? 'picked' : ''}`}>
      <div class="timeline-words">
        <p class="timeline-head">
          <StatusMark tone={tone}>{plainStatus(kind)}</StatusMark>
          {group === null ? <span>the whole cluster</span> : <GroupLink cluster={cluster} group={group} />}
        </p>
        <p class="note">
          <Span incident={incident} />
        </p>
        {sentence !== null && <p class="timeline-why">{sentence}</p>}
        {advice !== null && <p class="timeline-advice">{advice}</p>}
      </div>
      <div class="timeline-track" aria-hidden="true">
        <i
          class={`timeline-bar tone-${tone}`}
          style={{ left: `${start * 100}%`, width: `${width * 100}%` }}
          title={plainStatus(kind)}
        />
      </div>
    </li>
  );
}

/** From when to when, and how it ended. */
export const Span = ({ incident: { openedAtMs, endedAtMs, ended } }: { readonly incident: IncidentEntry }) =>
  endedAtMs === null ? (
    <>
      since <Instant atMs={openedAtMs} />, open for <Since atMs={openedAtMs} />
    </>
  ) : (
    <>
      <Instant atMs={openedAtMs} /> – <Instant atMs={endedAtMs} />, {ended === 'expired' ? 'expired' : 'recovered'}{' '}
      after {sinceText(openedAtMs, endedAtMs)}
    </>
  );
