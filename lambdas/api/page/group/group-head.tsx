import { countText } from '../../../core/quantity.ts';
import type { GroupAnswer } from '../../answers/group-answer.ts';
import { conditionOf } from '../data/changes.ts';
import { Figures } from '../parts/figures.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Ago, Since } from '../parts/time.tsx';
import { hashTo } from '../routes.ts';
import { drainEtaText, timeLagText } from '../words/durations.ts';
import { countOf, rateText, shortCountText, UNKNOWN_TEXT } from '../words/numbers.ts';
import { plainStatus, TONE_OF_GROUP } from '../words/statuses.ts';

/** Its name, what it is in, and the numbers that matter. */
export function GroupHead({ answer, cluster }: { readonly answer: GroupAnswer; readonly cluster: string }) {
  const { entry, atMs } = answer;
  return (
    <section class="detail-head" aria-label="The group">
      <p class="crumbs">
        <a href={hashTo(cluster, { view: 'groups' })}>Groups</a>
      </p>
      <h1 class="name">{entry.group}</h1>
      <p class="detail-status">
        <StatusMark tone={TONE_OF_GROUP[entry.status]}>{plainStatus(conditionOf(entry))}</StatusMark>
        {entry.incidentOpenedAtMs !== null && (
          <span>
            incident open for <Since atMs={entry.incidentOpenedAtMs} />
          </span>
        )}
        <span class="note">
          {[entry.type !== null && `${entry.type} group`, entry.state, countOf(entry.partitions, 'partition')]
            .filter(Boolean)
            .join(' · ')}{' '}
          · sampled <Ago atMs={atMs} />
        </span>
      </p>
      <Figures
        figures={[
          { label: 'Lag', value: shortCountText(entry.lagMessages), note: 'messages waiting' },
          { label: 'Time lag', value: timeLagText(entry.timeLag), note: 'age of the oldest unread' },
          { label: 'In', value: rateText(entry.producedPerS), note: 'produced' },
          { label: 'Out', value: rateText(entry.consumedPerS), note: 'consumed' },
          {
            label: 'Drained in',
            value: entry.lagMessages === 0 ? UNKNOWN_TEXT : drainEtaText(entry.drainEtaMs),
            note: 'at these rates',
          },
          { label: 'Members', value: entry.members === null ? UNKNOWN_TEXT : countText(entry.members) },
        ]}
      />
    </section>
  );
}
