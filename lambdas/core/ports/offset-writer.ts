/** One committed offset to be. */
export interface GroupOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** What became of one of them. */
export interface CommittedOffset extends GroupOffset {
  /** Null: Kafka took it. Otherwise Kafka's name for why not, or MALFORMED_RESPONSE when it did not say. */
  readonly error: string | null;
}

/** Sets the offsets of a group that has no members, without ever joining it. Adapter: Kafka. */
export interface OffsetWriter {
  /**
   * One request for all offsets, to the group's coordinator, which refuses it while the group has members
   * (UNKNOWN_MEMBER_ID for every partition; nothing has changed then). Writing the same again changes nothing.
   *
   * @param deadlineMs a duration
   * @returns every offset that was asked for, in that order, with its own outcome
   * @throws BROKER_UNREACHABLE, BROKER_DENIED, BROKER_UNSUPPORTED, BROKER_PROTOCOL_MISMATCH; after the first of them
   * it is not known whether Kafka took the offsets
   */
  commit(request: {
    readonly group: string;
    readonly offsets: readonly GroupOffset[];
    readonly deadlineMs: number;
  }): Promise<readonly CommittedOffset[]>;

  /** Closes every connection. */
  close(): Promise<void>;
}
