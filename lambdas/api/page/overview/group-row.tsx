import { countText } from '../../../core/quantity.ts';
import type { GroupEntry } from '../../answers/groups-answer.ts';
import { conditionOf } from '../data/changes.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { Since } from '../parts/time.tsx';
import { drainEtaText, timeLagText } from '../words/durations.ts';
import { countOf, rateText, shortCountText, UNKNOWN_TEXT } from '../words/numbers.ts';
import { plainStatus, TONE_OF_GROUP } from '../words/statuses.ts';
import { GroupLink } from './open-incidents.tsx';
import { Sparkline } from './sparkline.tsx';

interface GroupRowProps {
  readonly cluster: string;
  readonly entry: GroupEntry;
  readonly trailAtMs: readonly number[];
}

/** One group; its numbers keep their places, so that columns can be compared by eye. */
export function GroupRow({ cluster, entry, trailAtMs }: GroupRowProps) {
  const { status, sentence, incidentOpenedAtMs, lagMessages, members } = entry;
  return (
    <tr class={`row tone-row-${TONE_OF_GROUP[status]}`}>
      <td class="cell-status">
        <StatusMark tone={TONE_OF_GROUP[status]}>{plainStatus(conditionOf(entry))}</StatusMark>
        {incidentOpenedAtMs !== null && (
          <span class="note">
            for <Since atMs={incidentOpenedAtMs} />
          </span>
        )}
      </td>
      <th scope="row" class="cell-group">
        <GroupLink cluster={cluster} group={entry.group} />
        <span class="note">{aboutOf(entry)}</span>
        {sentence !== null && status !== 'OK' && <span class="why">{sentence}</span>}
      </th>
      <NumberCell label="Members" value={members === null ? UNKNOWN_TEXT : countText(members)} />
      <NumberCell
        label="Lag"
        value={shortCountText(lagMessages)}
        {...(lagMessages !== null && { title: countText(lagMessages) })}
      />
      <NumberCell label="Time lag" value={timeLagText(entry.timeLag)} />
      <NumberCell label="In" value={rateText(entry.producedPerS)} />
      <NumberCell label="Out" value={rateText(entry.consumedPerS)} />
      <NumberCell label="Drained in" value={lagMessages === 0 ? UNKNOWN_TEXT : drainEtaText(entry.drainEtaMs)} />
      <td class="cell-trend">
        <Sparkline values={entry.lagMessagesTrail} atMs={trailAtMs} tone={TONE_OF_GROUP[status]} />
      </td>
    </tr>
  );
}

/** The label is for narrow screens, where no column heads stand above. */
const NumberCell = ({
  label,
  value,
  title,
}: {
  readonly label: string;
  readonly value: string;
  readonly title?: string;
}) => (
  <td class="number" data-label={label} title={title}>
    {value}
  </td>
);

const TOPICS_AT_MOST = 2;

/** Type, state, and what it reads: `classic · Stable · orders, payments and 3 more`. */
function aboutOf({ type, state, topics, partitions }: GroupEntry): string {
  const named = topics.slice(0, TOPICS_AT_MOST).join(', ');
  const more = topics.length > TOPICS_AT_MOST ? ` and ${topics.length - TOPICS_AT_MOST} more` : '';
  const reads = topics.length === 0 ? null : `${named}${more} (${countOf(partitions, 'partition')})`;
  return [type, state === 'Stable' ? null : state, reads].filter((part) => part !== null).join(' · ');
}
