/** What can be set about Burrow's rules; its own names in brackets. */
export interface BurrowSettings {
  /** Slots of every ring (`intervals`). */
  readonly intervals: number;
  /** A commit sooner than this after the one before it takes that one's place (`min-distance`); 0 is off. */
  readonly minDistanceMs: number;
  /** A lag up to here counts as none (`allowed-lag`). */
  readonly allowedLagMessages: number;
  /** Windows filled less than this, 0–1, are OK whatever they hold (`minimum-complete`). */
  readonly minimumCompleteRatio: number;
  /** A group without a commit for this long is forgotten (`expire-group`). */
  readonly expireGroupMs: number;
}

/** The defaults of Burrow 1.9.5. */
export const BURROW_DEFAULTS: BurrowSettings = {
  intervals: 10,
  minDistanceMs: 0,
  allowedLagMessages: 0,
  minimumCompleteRatio: 0,
  expireGroupMs: 604_800_000,
};
