/**
 * What the gate's judgement goes by: durations in milliseconds of real time, floors in samples and messages.
 * docs/gate.md explains each where it is used.
 */
export interface GateSettings {
  /** How far back the group's past counts. */
  readonly baselineMs: number;
  /** A shorter past can't show what is usual: no promotion without. */
  readonly baselineSamples: number;
  /** Spacing of the samples that statistics use, the same before and after the start. */
  readonly gridMs: number;
  /** Names of the dead-letter topics; `{topic}` stands for each topic that the group reads. */
  readonly deadLetterTopics: readonly string[];

  /** The new version must have joined, and own something, by then: as long as the longest hand-over, and a bit. */
  readonly joinMs: number;
  /** A hand-over that is not complete by then, and made no step for half as long, goes on no more. */
  readonly handOverMs: number;
  /** The new version may be missing for this long once it owned something. */
  readonly goneMs: number;
  /** Restarts, rebalances and dead letters within this span are counted together. */
  readonly churnMs: number;
  readonly churnRestarts: number;
  /** A group that rebalances for most of this long, and falls behind meanwhile, is in a storm. */
  readonly stormMs: number;
  readonly stormTimeLagMs: number;
  readonly unownedMs: number;

  /** No progress with work pending. */
  readonly stallMs: number;
  /** The same where a broker's or a rebalance's pause would look alike. */
  readonly stallTogetherMs: number;
  /** Reading again what is older than this is a rewind; clients re-read what they had not committed. */
  readonly rewindMs: number;
  readonly rewindMessages: number;
  /** A commit ahead of the log's end by more than what is written in this span is no race of two readings. */
  readonly beyondEndMs: number;
  readonly beyondEndMessages: number;
  /** A backlog of at least this age that is gone at the next sample may have been skipped. */
  readonly skipMs: number;
  readonly skipMessages: number;
  /** So many times its capacity nobody reads. */
  readonly skipFactor: number;
  /** After standing still for this long, being at the end one sample later is unclear. */
  readonly skipPauseMs: number;
  /** Less far behind than this is at the end: nothing of the backlog is left. */
  readonly landedMs: number;

  /** The new version's capacity is not measured before it is warm. */
  readonly warmUpMs: number;
  /** How long a rate is measured. */
  readonly rateMs: number;
  /** Who is this far behind at every sample had work all the time. */
  readonly saturatedMs: number;
  /** Below this share of what the old version is known to have handled, the new one is slower. */
  readonly slowerRatio: number;
  /** Time lag beyond the usual one that does harm: below it a difference is not worth a rollback. */
  readonly failMarginMs: number;
  /** Probability with which a release may be called worse by chance, for each sequential test. */
  readonly alpha: number;
  /** So many dead letters are worth a rollback, if they are this share of what was consumed. */
  readonly deadLetterMessages: number;
  readonly deadLetterRatio: number;

  /** No promotion before this long after the start, nor before the new version was in place for this long. */
  readonly promoteMs: number;
  readonly inPlaceMs: number;
  /** So many of the last windows must all be healthy. */
  readonly healthySamples: number;
  /** Time lag beyond the usual one up to which a release is no worse (the margin of non-inferiority). */
  readonly passMarginMs: number;
  /** So much is always forgiven: a pause of a garbage collector, a commit that came late. */
  readonly blipMs: number;
  /** Further behind than ever by this much, and rising, is no level yet. */
  readonly risingMs: number;
  /** A backlog that is being worked off may be this old at the end. */
  readonly drainingMs: number;
  readonly messages: number;
  /** The same late in the release, when waiting brings no more. */
  readonly fewMessages: number;
  /** Load seen ÷ load known from which capacity counts as tested. */
  readonly testedRatio: number;
  /** Share of the deadline to wait for more load while capacity is not tested. */
  readonly untestedWaitRatio: number;
  /** The same while there is a hint that the new version is slower. */
  readonly doubtWaitRatio: number;
  /** Share of the deadline after which it is late. */
  readonly lateRatio: number;
}

const S = 1_000;
const MIN = 60 * S;

/** For samples each minute, or more often while a release is open, and clients with usual timeouts. */
export const DEFAULT_GATE_SETTINGS: GateSettings = {
  baselineMs: 4 * 60 * MIN,
  baselineSamples: 10,
  gridMs: MIN,
  deadLetterTopics: ['{topic}.DLQ'],
  joinMs: 570 * S,
  handOverMs: 10 * MIN,
  goneMs: 100 * S,
  churnMs: 8 * MIN,
  churnRestarts: 3,
  stormMs: 4 * MIN,
  stormTimeLagMs: 2 * MIN,
  unownedMs: 55 * S,
  stallMs: 150 * S,
  stallTogetherMs: 290 * S,
  rewindMs: 150 * S,
  rewindMessages: 10,
  beyondEndMs: 75 * S,
  beyondEndMessages: 20,
  skipMs: 75 * S,
  skipMessages: 50,
  skipFactor: 3,
  skipPauseMs: 95 * S,
  landedMs: 15 * S,
  warmUpMs: 235 * S,
  rateMs: 170 * S,
  saturatedMs: 75 * S,
  slowerRatio: 0.88,
  failMarginMs: 4 * MIN,
  alpha: 0.005,
  deadLetterMessages: 10,
  deadLetterRatio: 0.01,
  promoteMs: 14 * MIN,
  inPlaceMs: 9 * MIN,
  healthySamples: 4,
  passMarginMs: 75 * S,
  blipMs: 30 * S,
  risingMs: 5 * S,
  drainingMs: 10 * MIN,
  messages: 30,
  fewMessages: 3,
  testedRatio: 0.5,
  untestedWaitRatio: 0.6,
  doubtWaitRatio: 0.75,
  lateRatio: 0.85,
};

/** The same settings for a clock that runs `factor` times faster: every duration divided, nothing else changed. */
export function acceleratedBy(factor: number, settings: GateSettings): GateSettings {
  const entries = Object.entries(settings).map(([name, value]) => [name, name.endsWith('Ms') ? value / factor : value]);
  return Object.fromEntries(entries) as GateSettings;
}
