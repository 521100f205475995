import type { MarkedPartition } from '../release/offset-marker.ts';

/** What becomes of one partition in a rollback. */
export type PlannedPartition = { readonly topic: string; readonly partition: number } & (
  | PartitionReset
  /** It stands where the marker has it. Null: nothing was committed then, and nothing is now. */
  | { readonly kind: 'unchanged'; readonly committedOffset: number | null }
  | { readonly kind: 'left'; readonly why: LeftWhy; readonly committedOffset: number | null }
  /** Its log could not be read, so it is not known how far back it goes. */
  | { readonly kind: 'unread' }
);

/** A commit to be made. */
export interface PartitionReset {
  readonly kind: 'reset';
  /** Null: nothing is committed now. */
  readonly fromOffset: number | null;
  /** Never before the log start: a consumer that begins there would be sent to wherever `auto.offset.reset` says. */
  readonly toOffset: number;
  /** Messages between the two that are read once more; 0 when the marker is ahead. Null: nothing is committed now. */
  readonly rereadMessages: number | null;
  /** Messages after the marker's place that retention has deleted: nobody can read them again. */
  readonly lostMessages: number;
}

/** Why the commit of a partition stays as it is. */
export type LeftWhy =
  /** Nothing was committed there, and the log held messages: where the old version began is not known. */
  | 'nothingMarked'
  /** The marker does not have the topic: the old version did not read it. */
  | 'newTopic'
  /** The log ends before the marker does: the topic was made anew, or truncated. Its offsets mean other messages. */
  | 'otherLog'
  /** The partition exists no more. */
  | 'gone';

/** What is known of one partition then and now. */
export interface PartitionFacts {
  readonly topic: string;
  readonly partition: number;
  /** Null: the marker does not have the partition. */
  readonly marked: MarkedPartition | null;
  /** The marker knows how many partitions the topic had: one beyond them came later. */
  readonly topicWasMarked: boolean;
  readonly committedOffset: number | null;
  readonly log: { readonly startOffset: number; readonly endOffset: number } | 'unread' | 'gone';
}

/** The plan for one partition. */
export const planPartition = (facts: PartitionFacts): PlannedPartition => ({
  topic: facts.topic,
  partition: facts.partition,
  ...outcomeOf(facts),
});

function outcomeOf({ marked, topicWasMarked, committedOffset, log }: PartitionFacts) {
  const left = (why: LeftWhy) => ({ kind: 'left', why, committedOffset }) as const;
  if (marked === null && !topicWasMarked) return left('newTopic');
  if (marked?.committedOffset === committedOffset && log === 'unread') return unchanged(committedOffset);
  if (log === 'unread') return { kind: 'unread' } as const;
  if (log === 'gone') return left('gone');
  if (marked !== null && log.endOffset < endOf(marked)) return left('otherLog');
  const position = marked === null ? log.startOffset : positionOf(marked);
  if (position === null) return committedOffset === null ? unchanged(null) : left('nothingMarked');
  const toOffset = Math.max(position, log.startOffset);
  if (toOffset === committedOffset) return unchanged(committedOffset);
  return {
    kind: 'reset',
    fromOffset: committedOffset,
    toOffset,
    rereadMessages: committedOffset === null ? null : Math.max(0, Math.min(committedOffset, log.endOffset) - toOffset),
    lostMessages: toOffset - position,
  } as const;
}

/** How far the log reached at least. */
const endOf = ({ log, committedOffset }: MarkedPartition): number =>
  Math.max(log?.endOffset ?? 0, committedOffset ?? 0);

const unchanged = (committedOffset: number | null) => ({ kind: 'unchanged', committedOffset }) as const;

/** Where the old version stood. Without a commit in an empty log, every `auto.offset.reset` meant the same place. */
function positionOf({ committedOffset, log }: MarkedPartition): number | null {
  if (committedOffset !== null) return committedOffset;
  return log !== null && log.startOffset === log.endOffset ? log.endOffset : null;
}
