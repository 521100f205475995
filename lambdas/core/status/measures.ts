/**
 * How a derived number was got: `measured` as the difference of two readings, `interpolated` between readings,
 * `extrapolated` by letting the present rates go on, `learnt` from the group's own past.
 */
export type EstimateSource = 'measured' | 'interpolated' | 'extrapolated' | 'learnt';

/** `high`: the whole measuring window was seen. `low`: part of it was not, or there are few observations. */
export type Sureness = 'high' | 'low';

/** A derived number, with how it was got and how sure it is. Its unit ends the name of the field that holds it. */
export type Estimate =
  | { readonly kind: 'known'; readonly value: number; readonly source: EstimateSource; readonly sureness: Sureness }
  /** Does not happen at the present rates: a growing backlog never drains. */
  | { readonly kind: 'never'; readonly source: EstimateSource; readonly sureness: Sureness }
  /** Too few samples, or what it rests on could not be read. */
  | { readonly kind: 'unknown' };

/** What is worth knowing about one partition beside its status. */
export interface PartitionMeasures {
  readonly producedPerS: Estimate;
  readonly consumedPerS: Estimate;
  /** Until the backlog is worked off at the present rates; 0 when there is none. */
  readonly drainEtaMs: Estimate;
  /** Messages between the log start and the group's position: what retention may still delete without a loss. */
  readonly retentionMarginMessages: Estimate;
  /** Until the log start passes the group's position at the present rates. */
  readonly lossEtaMs: Estimate;
  /** Messages that retention deleted before the group read them, as far as the present offsets show. */
  readonly lostMessages: number;
}

/** All that is measured of one group. */
export interface MeasuredGroup {
  readonly group: GroupMeasures;
  /** By topic, indexed by partition. Null: a partition that the group has nothing to do with. */
  readonly partitions: ReadonlyMap<string, readonly (PartitionMeasures | null)[]>;
}

/** The same over a group: sums of rates and losses, the worst of the times. */
export interface GroupMeasures {
  readonly producedPerS: Estimate;
  readonly consumedPerS: Estimate;
  readonly drainEtaMs: Estimate;
  readonly lossEtaMs: Estimate;
  readonly lostMessages: number;
  /** The usual time from a message being there to the commit that covers it. */
  readonly usualCadenceMs: Estimate;
  /** The busiest partition's production over the mean of all: 1 is even, the number of partitions is all in one. */
  readonly skewRatio: Estimate;
  /** The highest production of the last days, over ten minutes. */
  readonly producedPeakPerS: Estimate;
  /** The most that one member ever consumed, over a quarter of an hour: it can do this much, and maybe more. */
  readonly memberBestPerS: Estimate;
  /** Samples of the window in which the group rebalanced or its members changed. */
  readonly rebalances: Estimate;
}
