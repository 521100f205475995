import { useEffect, useMemo, useState } from 'preact/hooks';
import type { GroupAnswer } from '../../answers/group-answer.ts';
import type { HistoryAnswer } from '../../answers/history-answer.ts';
import type { IncidentsAnswer } from '../../answers/incidents-answer.ts';
import type { ReleasesAnswer } from '../../answers/releases-answer.ts';
import { groupAddress, historyAddress, incidentsAddress, releasesAddress } from '../data/addresses.ts';
import { useAnswer } from '../data/use-answer.ts';
import { IncidentsCard } from '../incidents/incidents-card.tsx';
import { StaleNote, Waiting } from '../parts/states.tsx';
import { ReleasesCard } from '../releases/releases-card.tsx';
import type { ViewProps } from '../shell/app.tsx';
import { serverNowMs } from '../shell/clock.ts';
import { select } from '../shell/use-route.ts';
import { CapacityCard } from './capacity-card.tsx';
import { GroupHead } from './group-head.tsx';
import { MembersCard } from './members-card.tsx';
import { OffsetsCard } from './offsets-card.tsx';
import type { PartitionKey } from './offsets-series.ts';
import { PartitionsCard } from './partitions-card.tsx';
import { RuleCard } from './rule-card.tsx';
import { boundsOf, rangeQueryOf, timeRangeOf } from './time-ranges.ts';

/** More points than pixels show nothing. */
const POINTS = 360;

/** One group: what it is in, why, how it came to that, and who does what. */
export function GroupView({ route, cluster, everyMs, group }: ViewProps & { readonly group: string }) {
  const answers = useGroupAnswers({ route, cluster, everyMs, group });
  const { answer } = answers.group;
  const only = partitionOf(route.query);
  useEffect(() => {
    document.title = `${group} · ${cluster} · sluicegate`;
  }, [cluster, group]);
  if (answer === null) {
    return (
      <>
        <h1 class="hidden">{group}</h1>
        <Waiting of={answers.group} what={`the group ${group}`} />
      </>
    );
  }
  const incidents = answers.incidents.answer?.incidents ?? [];
  const releases = answers.releases.answer?.releases ?? [];
  return (
    <>
      <StaleNote of={answers.group} />
      <GroupHead answer={answer} cluster={cluster} />
      <RuleCard answer={answer} />
      <OffsetsCard
        answer={answer}
        history={answers.history}
        range={answers.range}
        only={only}
        incidents={incidents}
        releases={releases}
        onRange={(range) => select(route, rangeQueryOf(range))}
        onAll={() => select(route, { topic: '', partition: '' })}
      />
      <PartitionsCard
        partitions={answer.partitions}
        only={only}
        onSelect={(key) =>
          select(route, { topic: key?.topic ?? '', partition: key === null ? '' : String(key.partition) })
        }
      />
      <div class="columns">
        <MembersCard answer={answer} />
        <CapacityCard answer={answer} />
      </div>
      <div class="columns">
        <IncidentsCard cluster={cluster} incidents={incidents} isKnown={answers.incidents.answer !== null} />
        <ReleasesCard cluster={cluster} releases={releases} isKnown={answers.releases.answer !== null} />
      </div>
    </>
  );
}

function useGroupAnswers({ route, cluster, everyMs, group }: ViewProps & { readonly group: string }) {
  const subject = `${group} of ${cluster}`;
  const range = useMemo(() => timeRangeOf(route.query), [route.query]);
  const answered = useAnswer<GroupAnswer>({ address: groupAddress(cluster, group), about: subject, everyMs });
  // The end of a moving range moves with each new sample: only then is there more to read.
  const newestMs = answered.answer?.atMs;
  const [openedMs] = useState(serverNowMs);
  const bounds = boundsOf(range, newestMs ?? openedMs);
  const history = useAnswer<HistoryAnswer>({
    address: newestMs === undefined ? null : historyAddress(cluster, group, { ...bounds, points: POINTS }),
    about: `history of ${subject}`,
    everyMs: range.kind === 'fixed' ? 600_000 : Math.max(everyMs, 60_000),
  });
  const incidents = useAnswer<IncidentsAnswer>({
    address: incidentsAddress(cluster, group),
    about: `incidents of ${subject}`,
    everyMs,
  });
  const releases = useAnswer<ReleasesAnswer>({
    address: releasesAddress(cluster, group),
    about: `releases of ${subject}`,
    everyMs: Math.max(everyMs, 10_000),
  });
  return { group: answered, history, incidents, releases, range: { ...range, ...bounds } };
}

function partitionOf({ topic = '', partition = '' }: Readonly<Record<string, string>>): PartitionKey | null {
  const number = Number(partition);
  return topic === '' || partition === '' || !Number.isSafeInteger(number) ? null : { topic, partition: number };
}
