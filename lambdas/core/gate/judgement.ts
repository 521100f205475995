export const DECISIONS = ['CONTINUE', 'PROMOTE', 'ROLLBACK', 'INCONCLUSIVE'] as const;
/**
 * What the gate answers. CONTINUE: not enough seen yet. INCONCLUSIVE: not clear by the deadline; the caller's policy
 * decides. The first answer that is not CONTINUE is final.
 */
export type Decision = (typeof DECISIONS)[number];

/** Why a decision is what it is. */
export interface GateReason {
  /** Stable, in capitals, as docs/gate.md lists it. */
  readonly code: string;
  /** The numbers that decided, units in their names. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The same in words, with both numbers: "orders/3 has not moved for 240 s, limit 170 s". */
  readonly sentence: string;
}

/** What the gate says about one release at one moment. */
export interface Judgement {
  readonly decision: Decision;
  /** ROLLBACK: what is wrong. PROMOTE: what was shown, and what was not tested. Otherwise: what is still missing. */
  readonly reasons: readonly GateReason[];
  readonly evidence: EvidenceSummary;
}

/** The evidence in figures, kept in the ledger and shown on the page. */
export interface EvidenceSummary {
  readonly atMs: number;
  /** How long the new version has owned what it shall own, without a break; null while it does not. */
  readonly inPlaceMs: number | null;
  readonly samples: number;
  /** Samples before the start: what the group is compared with. */
  readonly baselineSamples: number;
  readonly judgedPartitions: number;
  readonly controlPartitions: number;
  readonly handledMessages: number;
  /** The worst judged partition's time lag beyond its usual one; null before there is one. */
  readonly excessTimeLagMs: number | null;
  /** Best consumption since the hand-over ÷ best before: how much of the known load was seen. Null if unknown. */
  readonly loadSeenRatio: number | null;
}

/** Before anything was seen. */
export const nothingSeen = (atMs: number): EvidenceSummary => ({
  atMs,
  inPlaceMs: null,
  samples: 0,
  baselineSamples: 0,
  judgedPartitions: 0,
  controlPartitions: 0,
  handledMessages: 0,
  excessTimeLagMs: null,
  loadSeenRatio: null,
});
