import { countText, durationText } from '../../../core/quantity.ts';
import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import { Card } from '../parts/card.tsx';
import { type Figure, Figures } from '../parts/figures.tsx';
import { Empty } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import { countOf, shareText } from '../words/numbers.ts';

/** What the gate had to go by. */
export function EvidenceCard({ answer }: { readonly answer: ReleaseAnswer }) {
  const { evidence, canary } = answer;
  if (evidence === null) {
    return (
      <Card title="Evidence">
        <Empty title="The gate was not asked yet" />
      </Card>
    );
  }
  const picked = Object.entries(canary).filter((entry): entry is [string, string] => entry[1] !== null);
  const figures: readonly Figure[] = [
    { label: 'In place for', value: evidence.inPlaceMs === null ? 'not in place' : durationText(evidence.inPlaceMs) },
    { label: 'Partitions judged', value: countText(evidence.judgedPartitions) },
    { label: 'To compare with', value: countText(evidence.controlPartitions) },
    { label: 'Messages handled', value: countText(evidence.handledMessages) },
    {
      label: 'Beyond the usual time lag',
      value: evidence.excessTimeLagMs === null ? 'not known' : durationText(Math.max(0, evidence.excessTimeLagMs)),
    },
    {
      label: 'Known load that was seen',
      value: evidence.loadSeenRatio === null ? 'not known' : shareText(evidence.loadSeenRatio),
    },
  ];
  return (
    <Card
      title="Evidence"
      note={
        <>
          {countOf(evidence.samples, 'sample')} since the start up to <Instant atMs={evidence.atMs} />,{' '}
          {evidence.baselineSamples} before it
        </>
      }
    >
      <Figures size="small" figures={figures} />
      <p class="note">
        The new version's members:{' '}
        {picked.map(([what, pattern]) => (
          <span key={what}>
            {what} matches <code>{pattern}</code>{' '}
          </span>
        ))}
      </p>
    </Card>
  );
}
