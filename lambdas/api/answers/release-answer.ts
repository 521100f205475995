import type { EvidenceSummary, GateReason } from '../../core/gate/judgement.ts';
import type { LedgerDecision, RecordedRollback } from '../../core/release/ledger-entry.ts';
import type { OffsetMarker } from '../../core/release/offset-marker.ts';
import type { MemberSelector } from '../../core/release/release.ts';
import type { ReleaseEntry } from './releases-answer.ts';

/** GET /api/release: one release with its evidence. Query: `cluster`, `release` (its id; both required). */
export interface ReleaseAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  readonly entry: ReleaseEntry;
  /** Picks the members of the new version. */
  readonly canary: MemberSelector;
  /** The group's offsets before the new version read anything. */
  readonly start: OffsetMarker;
  /** Its offsets when it was over; null before that, and when they could not be read. */
  readonly finish: OffsetMarker | null;
  /** Why the gate said what it said last. */
  readonly reasons: readonly GateReason[];
  /** Null: the gate was not asked yet. */
  readonly evidence: EvidenceSummary | null;
  /** Every change of mind, oldest first, over all attempts. */
  readonly decisions: readonly LedgerDecision[];
  readonly rollbacks: readonly RecordedRollback[];
  readonly curves: ReleaseCurves;
}

/** Both versions over the release and some time before it, as they were sampled. */
export interface ReleaseCurves {
  /** When each sample was taken (epoch), ascending; some lie before the start. Every series has one value for each. */
  readonly atMs: readonly number[];
  /** Partitions that members of the new version owned at each sample. */
  readonly canary: VersionCurve;
  /** Those of the old version: before the start all of them. */
  readonly control: VersionCurve;
}

/** What one version owned at each sample, and how it did. */
export interface VersionCurve {
  readonly partitions: readonly number[];
  /** Null, as the next two: not known at that sample, or the version owned nothing then. */
  readonly lagMessages: readonly (number | null)[];
  /** The worst partition's age of its oldest unread message. */
  readonly timeLagMs: readonly (number | null)[];
  /** Messages per second since the sample before. */
  readonly consumedPerS: readonly (number | null)[];
}
