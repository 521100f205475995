/** What the owners of a group expect of it. It sharpens the rules and never replaces one. */
export interface GroupObjectives {
  /** The oldest unread message may be this old; longer for good is falling behind. Null: no objective. */
  readonly timeLagMs: number | null;
  /** So many messages may wait as if there were none. */
  readonly allowedLagMessages: number;
  /** How often it commits, or how often it runs. Null: to be learnt. */
  readonly cadenceMs: number | null;
}

export const NO_OBJECTIVES: GroupObjectives = { timeLagMs: null, allowedLagMessages: 0, cadenceMs: null };
