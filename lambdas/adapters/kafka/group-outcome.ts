import type { GroupSnapshot, GroupState, Member } from '../../core/cluster/group.ts';
import { errorName, isRetriable } from './error-codes.ts';

/** One answer about one group, or why there is none. */
export type Outcome<Answer> = { readonly kind: 'answered'; readonly answer: Answer } | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
  /** Asking the group's coordinator again can help. */
  readonly retriable: boolean;
}

/** Where a group stands. */
export type Positions = Pick<GroupSnapshot, 'committed' | 'share'>;

/** Who is in a group. */
export interface Description {
  readonly state: GroupState;
  readonly members: readonly Member[];
  readonly epochs?: GroupSnapshot['epochs'];
}

/** What Kafka answered instead, in its own words where it has some. */
export function refusedBy(api: string, { group, errorCode, errorMessage }: KafkaRefusal): Refusal {
  const code = errorName(errorCode);
  return {
    kind: 'refused',
    code,
    message: `${api} of group "${group}": ${code}${errorMessage === null ? '' : ` (${errorMessage})`}${adviceFor(code)}`,
    retriable: isRetriable(errorCode),
  };
}

interface KafkaRefusal {
  readonly group: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

function adviceFor(code: string): string {
  if (code === 'GROUP_AUTHORIZATION_FAILED') return ': grant this principal Describe on the group';
  if (code === 'TOPIC_AUTHORIZATION_FAILED') return ': grant this principal Describe on the topics of the group';
  return '';
}
