import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { Instant } from '../parts/time.tsx';
import { countOf } from '../words/numbers.ts';
import { DecisionMark } from './decision-mark.tsx';

/** Every change of mind of the gate, and what was put back. */
export function DecisionsCard({ answer: { decisions, rollbacks } }: { readonly answer: ReleaseAnswer }) {
  return (
    <Card title="What was said and done">
      {decisions.length === 0 && rollbacks.length === 0 ? (
        <Empty title="Nothing yet" />
      ) : (
        <ol class="entries">
          {decisions.map(({ atMs, settled, attempt, reasons }) => (
            <li key={`${attempt} ${atMs}`}>
              <DecisionMark decision={settled} />{' '}
              <span class="note">
                <Instant atMs={atMs} />
                {attempt > 1 && `, attempt ${attempt}`}
              </span>
              <p>{reasons[0]?.sentence}</p>
            </li>
          ))}
          {rollbacks.map(({ atMs, outcome, sentence, partitions }) => (
            <li key={`rollback ${atMs}`}>
              <strong>Offsets put back: {outcome}</strong>{' '}
              <span class="note">
                <Instant atMs={atMs} />, {countOf(partitions.length, 'partition')}
              </span>
              <p>{sentence}</p>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
