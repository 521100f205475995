import type { Reason } from '../../../core/status/verdict.ts';
import type { GroupAnswer } from '../../answers/group-answer.ts';
import { Card } from '../parts/card.tsx';
import { Figures } from '../parts/figures.tsx';
import { fieldsOf } from '../words/fields.ts';
import { TONE_OF_GROUP } from '../words/statuses.ts';

/** Why the status is what it is: the rule in words, the numbers that decided, and what to do first. */
export function RuleCard({ answer }: { readonly answer: GroupAnswer }) {
  const { reason, entry, incident } = answer;
  if (reason === null) {
    return (
      <Card title="Why" className="rule-card tone-edge-ok">
        <p class="rule-sentence">No rule found anything wrong in the window.</p>
      </Card>
    );
  }
  return (
    <Card
      title="Why"
      note={<RuleName reason={reason} />}
      className={`rule-card tone-edge-${TONE_OF_GROUP[entry.status]}`}
    >
      <p class="rule-sentence">{reason.sentence}</p>
      <Figures size="small" figures={fieldsOf(reason.numbers)} />
      {incident?.advice != null && (
        <p class="advice">
          <strong>What to do first.</strong> {incident.advice}
        </p>
      )}
    </Card>
  );
}

const RuleName = ({ reason }: { readonly reason: Reason }) => (
  <>
    rule <code>{reason.rule}</code>
  </>
);
