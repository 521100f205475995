import { useEffect } from 'preact/hooks';
import type { IncidentEntry, IncidentsAnswer } from '../../answers/incidents-answer.ts';
import { incidentsAddress } from '../data/addresses.ts';
import { useAnswer } from '../data/use-answer.ts';
import { Empty, StaleNote, Waiting } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import type { ViewProps } from '../shell/app.tsx';
import { ZONE } from '../shell/zone.ts';
import { countOf } from '../words/numbers.ts';
import { dayText, tickText } from '../words/times.ts';
import { axisTicksOf, incidentBarsOf, timelineSpanOf } from './incident-bars.ts';
import { IncidentLine } from './incident-line.tsx';

const TICKS_AT_MOST = 7;

/** What went wrong and when: one line an incident, all of them on one axis of time. */
export function IncidentsView({ route, cluster, everyMs }: ViewProps) {
  const incidents = useAnswer<IncidentsAnswer>({
    address: incidentsAddress(cluster),
    about: `incidents of ${cluster}`,
    everyMs,
  });
  useEffect(() => {
    document.title = `Incidents · ${cluster} · sluicegate`;
  }, [cluster]);
  const { answer } = incidents;
  if (answer === null) return <Waiting of={incidents} what="the incidents" />;
  const open = answer.incidents.filter(({ endedAtMs }) => endedAtMs === null).length;
  return (
    <>
      <StaleNote of={incidents} />
      <section class="view-head" aria-label="Summary">
        <h1>{open === 0 ? 'No open incident' : countOf(open, 'open incident')}</h1>
        <p class="note">
          Those that are over are kept since <Instant atMs={answer.sinceMs} />.
        </p>
      </section>
      {answer.incidents.length === 0 ? (
        <Empty title="Nothing went wrong">An incident stands here from the moment it opens.</Empty>
      ) : (
        <Timeline
          cluster={cluster}
          incidents={answer.incidents}
          nowMs={answer.nowMs}
          picked={route.query['incident'] ?? null}
        />
      )}
    </>
  );
}

function Timeline({
  cluster,
  incidents,
  nowMs,
  picked,
}: {
  readonly cluster: string;
  readonly incidents: readonly IncidentEntry[];
  readonly nowMs: number;
  readonly picked: string | null;
}) {
  const span = timelineSpanOf(incidents, nowMs);
  const { everyMs, ticks } = axisTicksOf(span, TICKS_AT_MOST);
  return (
    <div class="timeline">
      <div class="timeline-axis" aria-hidden="true">
        <div class="timeline-scale">
          {ticks.map(({ atMs, at }) => (
            <span key={atMs} style={{ left: `${at * 100}%` }}>
              {everyMs >= 86_400_000 ? dayText(atMs, ZONE) : tickText(atMs, everyMs / 1_000, ZONE)}
            </span>
          ))}
        </div>
      </div>
      <ol>
        {incidentBarsOf(incidents, span).map((bar) => (
          <IncidentLine key={bar.incident.id} cluster={cluster} bar={bar} isPicked={bar.incident.id === picked} />
        ))}
      </ol>
    </div>
  );
}
