export const STRATEGIES = ['canary', 'blue-green', 'rolling', 'stop'] as const;
/** How the new version takes over from the old one. `stop`: the old one is stopped before the new one starts. */
export type Strategy = (typeof STRATEGIES)[number];

/** One deployment of one consumer. */
export interface Release {
  readonly id: string;
  readonly group: string;
  readonly strategy: Strategy;
  readonly startedAtMs: number;
  /** The new version's members, whatever the strategy. */
  readonly canary: MemberSelector;
  /** How long after the start a decision must have been made (a duration). */
  readonly deadlineMs: number;
}

/**
 * Picks members of a group by unanchored regular expressions, kept as text so that a release is plain data.
 * At least one is set; a member is picked when every one that is set matches.
 */
export interface MemberSelector {
  readonly client: string | null;
  readonly instance: string | null;
  readonly host: string | null;
}
