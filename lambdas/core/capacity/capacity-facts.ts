/** What capacity advice rests on. Rates in messages per second over the whole group. */
export interface CapacityFacts {
  /** The highest production that is to be expected: the peak seen, or what people plan for. */
  readonly producedPeakPerS: number;
  /** The most that one member has shown. */
  readonly memberPerS: number;
  /** True: it showed that with work waiting all the time, so it can't do more. False: it may never have been asked to. */
  readonly limitSeen: boolean;
  readonly members: number;
  /** Of all topics that the group reads; null: they do not bound it, since the members of a share group share all. */
  readonly partitions: number | null;
  /** The largest backlog to get rid of: after a burst, or an outage. */
  readonly backlogMessages: number;
  /** How long the group was watched for this. */
  readonly watchedMs: number;
}
