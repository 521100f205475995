import type { GroupSnapshot } from '../cluster/group.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { CommittedOffset } from '../ports/offset-writer.ts';
import { countText } from '../quantity.ts';
import { adviceFor, obstacleText, totalsOf } from './rollback-limits.ts';
import { type PlannedReset, type RollbackObstacle, type RollbackPlan, resetsOf } from './rollback-plan.ts';

/** What came of a rollback. */
export type RollbackOutcome = {
  readonly plan: RollbackPlan;
} /** Nothing was tried: it was only asked what would be done. */ & (
  | { readonly kind: 'planned' }
  /** The group stands where the marker has it already, as far as it can. */
  | { readonly kind: 'nothingToDo' }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly obstacles: readonly RollbackObstacle[] }
  /** Kafka took every offset, and read back they are there. */
  | { readonly kind: 'applied'; readonly partitions: readonly RestoredPartition[] }
  /** Some are not there: each partition says why. */
  | { readonly kind: 'partly'; readonly partitions: readonly RestoredPartition[] }
);

/** A partition after its commit. */
export interface RestoredPartition extends PlannedReset {
  /** Kafka's name for why it did not take the offset; null: it did. */
  readonly error: string | null;
  /** What is committed now. Null: it could not be read back. */
  readonly readBackOffset: number | null;
  /** Whether the offset is there. */
  readonly isRestored: boolean;
}

/**
 * Sets what Kafka answered against what it shows now. A member that joined between the look and the commit makes
 * Kafka refuse every partition: nothing was changed then.
 *
 * @param after null: the group could not be looked at again
 */
export function outcomeOf(
  plan: RollbackPlan,
  answers: readonly CommittedOffset[],
  after: ClusterSnapshot | null,
): RollbackOutcome {
  const group = after?.groups.get(plan.group);
  const obstacle = refusalOf(answers, group);
  if (obstacle !== null) return { kind: 'refused', plan, obstacles: [obstacle] };
  const partitions = resetsOf(plan).map((reset): RestoredPartition => {
    const answer = answers.find(({ topic, partition }) => topic === reset.topic && partition === reset.partition);
    const error = answer === undefined ? UNANSWERED : answer.error;
    const readBackOffset = group?.committed.get(reset.topic)?.[reset.partition] ?? null;
    return { ...reset, error, readBackOffset, isRestored: error === null && readBackOffset === reset.toOffset };
  });
  return { kind: partitions.every(({ isRestored }) => isRestored) ? 'applied' : 'partly', plan, partitions };
}

/** Kafka's answer for a group that has members after all. */
const NOT_EMPTY = 'UNKNOWN_MEMBER_ID';
/** The answer left the partition out: whether its offset was taken is not known. */
const UNANSWERED = 'MALFORMED_RESPONSE';

/** Why all was refused; null: something may have been taken. */
function refusalOf(answers: readonly CommittedOffset[], group: GroupSnapshot | undefined): RollbackObstacle | null {
  const errors = new Set(answers.map(({ error }) => error));
  if (errors.size === 0 || errors.has(null) || errors.has(UNANSWERED)) return null;
  if (errors.size > 1 || !errors.has(NOT_EMPTY)) {
    return { kind: 'brokerRefused', errors: [...errors].filter((error) => error !== null) };
  }
  return { kind: 'notEmpty', state: group?.state ?? 'Unknown', members: group?.members?.length ?? null };
}

/** The outcome in a sentence. */
export function outcomeText(outcome: RollbackOutcome): string {
  const { plan } = outcome;
  const { resetPartitions, rereadMessages } = totalsOf(plan);
  const what = `${partitionsText(resetPartitions)} of group "${plan.group}"`;
  const reread = `${countText(rereadMessages)} ${rereadMessages === 1 ? 'message' : 'messages'} to be read again`;
  switch (outcome.kind) {
    case 'planned':
      return `${what} would go back, with ${reread}`;
    case 'nothingToDo':
      return `group "${plan.group}" has nothing to go back to: no offset differs from the marker's`;
    case 'refused':
      return `group "${plan.group}" was left as it is: ${outcome.obstacles.map(obstacleText).join('; ')}`;
    case 'applied':
      return `${what} went back, with ${reread}; read back, every offset is there`;
    case 'partly': {
      const wrong = outcome.partitions.filter(({ isRestored }) => !isRestored);
      return `${partitionsText(wrong.length)} of ${countText(resetPartitions)} did not go back: ${wrong.slice(0, TOLD_MAX).map(wrongText).join('; ')}`;
    }
  }
}

const TOLD_MAX = 5;

function wrongText({ topic, partition, error, toOffset, readBackOffset }: RestoredPartition): string {
  const place = `${topic}/${partition}`;
  if (error !== null) return `${place}: ${error}${adviceFor(error)}`;
  if (readBackOffset === null) return `${place} was taken, and could not be read back`;
  return `${place} stands at ${readBackOffset} and not at ${toOffset}`;
}

const partitionsText = (count: number): string => (count === 1 ? '1 partition' : `${countText(count)} partitions`);
