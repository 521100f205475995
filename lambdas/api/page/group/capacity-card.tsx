import { countText, durationText } from '../../../core/quantity.ts';
import type { GroupAnswer } from '../../answers/group-answer.ts';
import { Card } from '../parts/card.tsx';
import { type Figure, Figures } from '../parts/figures.tsx';
import { drainEtaText } from '../words/durations.ts';
import { rateText } from '../words/numbers.ts';

/** How many consumers the group needs, and what that rests on. */
export function CapacityCard({ answer }: { readonly answer: GroupAnswer }) {
  const { capacity } = answer;
  return (
    <Card title="Capacity">
      {capacity === null ? (
        <p class="capacity-sentence">Nobody has consumed anything yet that could be measured.</p>
      ) : (
        <p class="capacity-sentence">{capacity.sentence}.</p>
      )}
      <Figures size="small" figures={figuresOf(answer)} />
      {capacity?.pattern === 'workerPool' && (
        <p class="note">
          With workers, commit only what is done without a gap: a commit ahead of unfinished work loses it in a crash.
        </p>
      )}
    </Card>
  );
}

function figuresOf({ measures, capacity }: GroupAnswer): readonly Figure[] {
  const { producedPeakPerS, memberBestPerS, usualCadenceMs, skewRatio, rebalances, lossEtaMs, lostMessages } = measures;
  return [
    capacity !== null && { label: 'Consumers needed', value: countText(capacity.membersNeeded) },
    producedPeakPerS !== null && { label: 'Peak in', value: rateText(producedPeakPerS) },
    memberBestPerS !== null && { label: "A member's best", value: rateText(memberBestPerS) },
    usualCadenceMs !== null && { label: 'Usual cadence', value: durationText(usualCadenceMs) },
    skewRatio !== null && { label: 'Skew', value: `${Number(skewRatio.toFixed(1))} ×` },
    rebalances !== null && { label: 'Rebalances', value: countText(rebalances) },
    lossEtaMs !== null && { label: 'Retention loss in', value: drainEtaText(lossEtaMs) },
    lostMessages !== null && lostMessages > 0 && { label: 'Lost', value: countText(lostMessages) },
  ].filter((figure) => figure !== false);
}
