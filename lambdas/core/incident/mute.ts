/** Somebody's wish to hear nothing new of some groups until a certain time. */
export interface Mute {
  readonly cluster: string;
  /** A regular expression that must match a whole group id, as in the configuration. */
  readonly groups: string;
  /** Epoch; from then on everything is told again. */
  readonly untilMs: number;
}
