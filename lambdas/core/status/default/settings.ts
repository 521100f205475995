/**
 * Every threshold of the default rules. Durations are real time: a rebalance takes its forty seconds whatever the
 * sampling; floors in samples stand beside them. docs/status-rules.md gives each its reason.
 */
export interface RuleSettings {
  /** The usual distance of two samples. */
  readonly sampleIntervalMs: number;
  /** A longer hole between two samples proves nothing about what happened in it. */
  readonly blindMs: number;
  /** The verdict of a group or partition that was not seen for longer is UNKNOWN. */
  readonly unknownAfterMs: number;
  /** Nothing is kept of what was not seen for so long. */
  readonly forgetAfterMs: number;
  /** Advances older than this are let go of first. */
  readonly trailMs: number;
  /** Over how long the speed of retention is measured. */
  readonly retentionRateMs: number;
  readonly resting: RestingSettings;
  readonly noProgress: NoProgressSettings;
  readonly cadence: CadenceSettings;
  readonly attendance: AttendanceSettings;
  readonly clusterWide: ClusterWideSettings;
  readonly fallingBehind: FallingBehindSettings;
  readonly rewind: RewindSettings;
  readonly dataLoss: DataLossSettings;
  readonly skip: SkipSettings;
  readonly storm: StormSettings;
}

/** What rests at the end of a log for ever and is no work. */
export interface RestingSettings {
  readonly coldMessages: number;
  readonly quietMessages: number;
  readonly quietSamples: number;
  readonly quietMs: number;
  readonly markerMessages: number;
  /** Log and group moved for the last time within this span: the rest belongs to that move. */
  readonly markerMs: number;
}

/** When work that waits and does not move is trouble. */
export interface NoProgressSettings {
  readonly stalledMs: number;
  /** Nobody owns the partition: no slow message can be the reason. */
  readonly unownedMs: number;
  /** The group has no members: the gap of a deploy is shorter. */
  readonly absentMs: number;
  /** Samples without an advance that it takes at least. */
  readonly samplesMin: number;
  readonly rebalancingMs: number;
  /** For so long a change of members counts as just now. */
  readonly settleMs: number;
  /** Nothing is learnt of the group yet. */
  readonly unlearntMs: number;
  /** A log that was busy for so many samples and stands still together with its consumer is in trouble itself. */
  readonly frozenLogSamples: number;
  readonly frozenLogMs: number;
}

export interface CadenceSettings {
  /** The share of advances that may take longer than what is called usual. */
  readonly shareAbove: number;
  /** Delays up to this come from the sampling. */
  readonly floorMs: number;
  readonly halfLifeMs: number;
  readonly factor: number;
  /** The factor where waits have an upper bound: where the longest tenth is hardly longer than the rest. */
  readonly boundedFactor: number;
  readonly boundedShareAbove: number;
  readonly boundedRatio: number;
  readonly extraMs: number;
  /** As many observations as this double the room that the first one leaves. */
  readonly fewSamples: number;
}

/** When a group is away for too long. */
export interface AttendanceSettings {
  /** A time lag up to this, besides the usual cadence, is at the head of the log. */
  readonly headMs: number;
  /** Farther behind than this when it came: it works off what has piled up, as jobs do. */
  readonly behindMs: number;
  /** At the head for so long: it is no job. */
  readonly residentMs: number;
  /** The same for one that came from far behind. */
  readonly residentBehindMs: number;
  /** A job that was there for so long and leaves all its work undone was cut off. */
  readonly unfinishedMs: number;
  /** How long a job may be away before its rhythm is known. */
  readonly unlearntMs: number;
  readonly medianFactor: number;
  /** What one observed absence adds to the factor; it falls with the square of their number. */
  readonly fewFactor: number;
  readonly extraMs: number;
  readonly secondFactor: number;
  readonly alarmedAlike: number;
  readonly alarmedSpread: number;
}

/** When trouble is the cluster's and not a group's. */
export interface ClusterWideSettings {
  /** Onsets count as one when they lie no farther apart. */
  readonly onsetMs: number;
  /** The share of the active groups that must be in trouble together. */
  readonly shareMin: number;
  readonly holdMs: number;
  /** Who has not worked for longer says nothing about the cluster. */
  readonly activeMs: number;
}

export interface FallingBehindSettings {
  /** Much less than it could: sooner told. */
  readonly clear: GrowthShape;
  readonly quick: GrowthShape;
  readonly usual: GrowthShape;
  readonly long: GrowthShape;
  readonly slowDrain: GrowthShape;
  /** Over how long a member's best consumption is measured. */
  readonly capacityMs: number;
  /** What waited for longer may have been compacted since: passing it shows no pace. */
  readonly capacityTimeLagMs: number;
  /** Over which spans present consumption is measured; the best counts. */
  readonly consumptionMs: readonly number[];
  readonly productionMs: number;
  readonly productionFactor: number;
  /** A partition that is late alone gets less than this share of what it once kept up with. */
  readonly aloneShare: number;
  /** Production that was kept up with for so long is proven, with a time lag of less than the second. */
  readonly sustainedMs: number;
  readonly sustainedTimeLagMs: number;
  /** A time-lag objective that is broken for so long is broken for good. */
  readonly objectiveMs: number;
  readonly endFactor: number;
  readonly endTrend: number;
  readonly endAdvances: number;
  readonly endTimeLagMs: number;
}

/** What growth of a backlog means: over which window, how much, how steady. */
export interface GrowthShape {
  readonly spanMs: number;
  /** The window is at least so many of the group's usual cadences. */
  readonly cadences: number;
  /** The history must reach back over the whole window. */
  readonly whole: boolean;
  readonly advancesMin: number;
  readonly factor: number;
  readonly messages: number;
  readonly timeLagMs: number;
  readonly timeLagGrowthMs: number;
  /** So long ago the time lag was this already: not all of the growth is new. 0: asks for nothing. */
  readonly beforeMs: number;
  readonly timeLagBeforeMs: number;
  readonly trend: number;
  /** The owner consumes less than this share of what it has shown that it can. 1: growth alone is enough. */
  readonly capacityShare: number;
}

export interface RewindSettings {
  readonly messages: number;
  readonly timeLagJumpMs: number;
  /** So many are what one poll returns: where little is written they may be old, and must be older to be told. */
  readonly fewMessages: number;
  readonly fewTimeLagJumpMs: number;
}

export interface DataLossSettings {
  readonly messages: number;
}

/** When an advance is a jump over messages that nobody read. */
export interface SkipSettings {
  readonly timeLagMs: number;
  readonly cadences: number;
  readonly arrivedTimeLagMs: number;
  readonly shareMin: number;
  readonly rateFactor: number;
  /** The same when no member had an assignment at either end of the step. */
  readonly rateFactorUnowned: number;
  /** Any consumer reads so many messages a second, whatever it has shown. */
  readonly plausiblePerS: number;
  readonly advancesMin: number;
  readonly groupAgeMs: number;
  readonly emptyMs: number;
  readonly holdMs: number;
}

export interface StormSettings {
  readonly windowMs: number;
  /** Shares of the window's samples that are unsettled: to open, and to stay open. */
  readonly opensShare: number;
  readonly closesShare: number;
  readonly samplesMin: number;
  readonly timeLagMs: number;
  readonly endTimeLagMs: number;
}
