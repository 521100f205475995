import type { GroupAnswer, MemberEntry } from '../../answers/group-answer.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { countOf, shortCountText } from '../words/numbers.ts';
import { partitionRangesText } from '../words/partition-ranges.ts';

/** Who owns what. */
export function MembersCard({ answer: { members } }: { readonly answer: GroupAnswer }) {
  if (members === null) {
    return (
      <Card title="Members">
        <Empty title="The members could not be read" />
      </Card>
    );
  }
  if (members.length === 0) {
    return (
      <Card title="Members">
        <Empty title="Nobody is in the group">No consumer has joined, so nothing is read.</Empty>
      </Card>
    );
  }
  const largest = Math.max(1, ...members.map(({ lagMessages }) => lagMessages ?? 0));
  return (
    <Card title="Members" note={countOf(members.length, 'consumer')}>
      <ul class="members">
        {members.map((member) => (
          <Member key={member.memberId} member={member} largestLagMessages={largest} />
        ))}
      </ul>
    </Card>
  );
}

function Member({ member, largestLagMessages }: { readonly member: MemberEntry; readonly largestLagMessages: number }) {
  const { clientId, host, instanceId, assigned, lagMessages } = member;
  return (
    <li>
      <p class="member-who">
        <strong class="name">{clientId}</strong>{' '}
        <span class="note name">
          {host}
          {instanceId !== null && ` · static: ${instanceId}`}
        </span>
      </p>
      <p class="member-what name">
        {assigned.length === 0 ? (
          <span class="note">owns nothing</span>
        ) : (
          assigned.map(({ topic, partitions }) => `${topic}/${partitionRangesText(partitions)}`).join('; ')
        )}
      </p>
      <p class="member-lag">
        <span class="bar" aria-hidden="true">
          <i style={{ width: `${(100 * (lagMessages ?? 0)) / largestLagMessages}%` }} />
        </span>
        <span class="number">{shortCountText(lagMessages)} waiting</span>
      </p>
    </li>
  );
}
