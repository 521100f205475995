/**
 * Messages between a group's position and the end of the log.
 *
 * Counted in offsets: compaction and transaction markers make it an upper bound.
 */
export type Lag =
  | { readonly kind: 'notStarted'; readonly backlogMessages: number }
  | { readonly kind: 'started'; readonly lagMessages: number; readonly lostMessages: number };

export interface PartitionOffsets {
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  /** Null: the group never committed here. Absent is not zero. */
  readonly committedOffset: number | null;
}

/**
 * How far behind the group is, and what retention took before it was read.
 *
 * A commit past the end is two reads racing, not a negative backlog: the lag is 0.
 * A commit before the log start points at deleted messages: those are lost, not late.
 *
 * @example lagOf({ logStartOffset: 70, logEndOffset: 100, committedOffset: 40 }) // 30 behind, 30 lost
 */
export function lagOf({ logStartOffset, logEndOffset, committedOffset }: PartitionOffsets): Lag {
  if (committedOffset === null) {
    return { kind: 'notStarted', backlogMessages: logEndOffset - logStartOffset };
  }
  const lostMessages = Math.max(0, logStartOffset - committedOffset);
  const position = committedOffset + lostMessages;
  return { kind: 'started', lagMessages: Math.max(0, logEndOffset - position), lostMessages };
}
