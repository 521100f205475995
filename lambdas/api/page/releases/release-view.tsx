import { useEffect } from 'preact/hooks';
import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import { releaseAddress } from '../data/addresses.ts';
import { useAnswer } from '../data/use-answer.ts';
import { StaleNote, Waiting } from '../parts/states.tsx';
import type { ViewProps } from '../shell/app.tsx';
import { select } from '../shell/use-route.ts';
import { CurvesCard } from './curves-card.tsx';
import { DecisionsCard } from './decisions-card.tsx';
import { EvidenceCard } from './evidence-card.tsx';
import { MarkerCard } from './marker-card.tsx';
import { ReasonsCard } from './reasons-card.tsx';
import { metricOf } from './release-curves.ts';
import { ReleaseHead } from './release-head.tsx';

/** One release: what the gate said, why, and the curves of both versions that it looked at. */
export function ReleaseView({ route, cluster, everyMs, release }: ViewProps & { readonly release: string }) {
  const answered = useAnswer<ReleaseAnswer>({
    address: releaseAddress(cluster, release),
    about: `release ${release} of ${cluster}`,
    everyMs,
  });
  useEffect(() => {
    document.title = `${release} · ${cluster} · sluicegate`;
  }, [cluster, release]);
  const { answer } = answered;
  if (answer === null) {
    return (
      <>
        <h1 class="hidden">{release}</h1>
        <Waiting of={answered} what={`the release ${release}`} />
      </>
    );
  }
  return (
    <>
      <StaleNote of={answered} />
      <ReleaseHead answer={answer} cluster={cluster} />
      <ReasonsCard answer={answer} />
      <CurvesCard
        answer={answer}
        metric={metricOf(route.query['metric'] ?? '')}
        onMetric={(metric) => select(route, { metric })}
      />
      <div class="columns">
        <EvidenceCard answer={answer} />
        <DecisionsCard answer={answer} />
        <MarkerCard answer={answer} />
      </div>
    </>
  );
}
