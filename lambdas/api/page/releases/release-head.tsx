import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import type { ReleaseEntry } from '../../answers/releases-answer.ts';
import { GroupLink } from '../overview/open-incidents.tsx';
import { Instant, Since } from '../parts/time.tsx';
import { hashTo } from '../routes.ts';
import { serverNowMs } from '../shell/clock.ts';
import { sinceText } from '../words/durations.ts';
import { TONE_OF_DECISION } from '../words/statuses.ts';
import { DecisionMark, decisionWord } from './decision-mark.tsx';

/** Which release, what the gate said, and how far it is. */
export function ReleaseHead({
  answer: { entry },
  cluster,
}: {
  readonly answer: ReleaseAnswer;
  readonly cluster: string;
}) {
  const { id, startedAtMs, decision, settled, decidedAtMs } = entry;
  return (
    <section class="detail-head" aria-label="The release">
      <p class="crumbs">
        <a href={hashTo(cluster, { view: 'releases' })}>Releases</a>
      </p>
      <h1 class="name">{id}</h1>
      <p class={`decision tone-${settled === null ? 'unknown' : TONE_OF_DECISION[settled]}`}>
        <DecisionMark decision={settled} />
        {decidedAtMs !== null && (
          <span class="note">
            at <Instant atMs={decidedAtMs} />, {sinceText(startedAtMs, decidedAtMs)} after the start
          </span>
        )}
      </p>
      {decision !== null && decision !== settled && (
        <p>The gate said {decisionWord(decision).toLowerCase()}; the release's own policy made this of it.</p>
      )}
      <p>
        {entry.mode === 'recovery' ? 'The old version comes back: a ' : 'A '}
        {entry.strategy} release of <GroupLink cluster={cluster} group={entry.group} />
        {entry.attempt > 1 && `, attempt ${entry.attempt}`}, begun by {askerText(entry)} at{' '}
        <Instant atMs={startedAtMs} />. <Progress entry={entry} />
      </p>
    </section>
  );
}

const askerText = ({ askedBy: { caller, name } }: ReleaseEntry): string =>
  name === null ? caller : `${name} (${caller})`;

function Progress({
  entry: { state, startedAtMs, finishedAtMs, deadlineAtMs, decision },
}: {
  readonly entry: ReleaseEntry;
}) {
  if (state === 'finished' && finishedAtMs !== null) {
    return (
      <>
        It was finished at <Instant atMs={finishedAtMs} />.
      </>
    );
  }
  if (decision !== null && decision !== 'CONTINUE') return null;
  return (
    <>
      It is under way for <Since atMs={startedAtMs} />; a decision {deadlineAtMs > serverNowMs() ? 'is' : 'was'} due by{' '}
      <Instant atMs={deadlineAtMs} />.
    </>
  );
}
