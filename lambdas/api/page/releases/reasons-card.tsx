import type { Decision } from '../../../core/gate/judgement.ts';
import type { ReleaseAnswer } from '../../answers/release-answer.ts';
import { Card } from '../parts/card.tsx';
import { Figures } from '../parts/figures.tsx';
import { Empty } from '../parts/states.tsx';
import { fieldsOf } from '../words/fields.ts';
import { TONE_OF_DECISION } from '../words/statuses.ts';

const TITLES: Readonly<Record<Decision, string>> = {
  ROLLBACK: 'What is wrong',
  PROMOTE: 'What was shown',
  CONTINUE: 'What is still missing',
  INCONCLUSIVE: 'What stayed unclear',
};

/** Why the gate said so: each reason in words, with its numbers. */
export function ReasonsCard({ answer: { reasons, entry } }: { readonly answer: ReleaseAnswer }) {
  const { decision } = entry;
  return (
    <Card
      title={decision === null ? 'Reasons' : TITLES[decision]}
      className={decision === null ? '' : `rule-card tone-edge-${TONE_OF_DECISION[decision]}`}
    >
      {reasons.length === 0 ? (
        <Empty title="The gate gave no reason yet" />
      ) : (
        <ul class="reasons">
          {reasons.map(({ code, sentence, numbers }) => (
            <li key={`${code} ${sentence}`}>
              <p class="rule-sentence">
                {sentence} <code>{code}</code>
              </p>
              <Figures size="small" figures={fieldsOf(numbers)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
