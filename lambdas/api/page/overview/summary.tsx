import type { ClusterEntry } from '../../answers/clusters-answer.ts';
import type { GroupsAnswer } from '../../answers/groups-answer.ts';
import { Figures } from '../parts/figures.tsx';
import { StatusShape } from '../parts/status-mark.tsx';
import { countOf, rateText, shortCountText } from '../words/numbers.ts';
import { plainStatus, TONE_OF_GROUP, TROUBLE_ORDER } from '../words/statuses.ts';
import { headlineOf } from './headline.ts';
import type { Selection } from './select-groups.ts';

interface SummaryProps {
  readonly answer: GroupsAnswer;
  readonly entry: ClusterEntry | null;
  readonly selection: Selection;
  readonly onSelect: (query: Readonly<Record<string, string>>) => void;
}

/** The cluster in one look: a sentence, how the groups divide, and how much work there is. */
export const Summary = ({ answer, entry, selection, onSelect }: SummaryProps) => (
  <section class="summary" aria-label="Summary">
    <div class="summary-words">
      <h1>{headlineOf(answer.counts)}</h1>
      <StatusBar counts={answer.counts} />
      <ul class="status-filters" aria-label="Filter by status">
        {TROUBLE_ORDER.map((status) => {
          const isOn = selection.statuses.includes(status);
          const next = isOn ? selection.statuses.filter((other) => other !== status) : [...selection.statuses, status];
          return (
            <li key={status}>
              <button type="button" aria-pressed={isOn} onClick={() => onSelect({ status: next.join(',') })}>
                <StatusShape tone={TONE_OF_GROUP[status]} />
                <strong>{answer.counts[status]}</strong> {plainStatus(status)}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
    <Figures
      figures={[
        { label: 'Messages waiting', value: shortCountText(entry?.lagMessages ?? sumOf(answer, 'lagMessages')) },
        { label: 'In', value: rateText(sumOf(answer, 'producedPerS')), note: 'produced' },
        { label: 'Out', value: rateText(sumOf(answer, 'consumedPerS')), note: 'consumed' },
      ]}
    />
  </section>
);

/** Shares of the statuses, side by side. The numbers stand below it, so it is nothing to read aloud. */
const StatusBar = ({ counts }: Pick<GroupsAnswer, 'counts'>) => (
  <div class="status-bar" aria-hidden="true">
    {TROUBLE_ORDER.filter((status) => counts[status] > 0).map((status) => (
      <span
        key={status}
        class={`tone-${TONE_OF_GROUP[status]}`}
        style={{ flexGrow: counts[status] }}
        title={`${plainStatus(status)}: ${countOf(counts[status], 'group')}`}
      />
    ))}
  </div>
);

/** Over the groups that the page holds; null when none is known. */
function sumOf({ groups }: GroupsAnswer, field: 'lagMessages' | 'producedPerS' | 'consumedPerS'): number | null {
  const known = groups.map((group) => group[field]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
