import type { EvidenceSummary, GateReason } from '../../core/gate/judgement.ts';
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
  /** The offsets at its start; null: none could be read. */
  readonly marker: OffsetMarker | null;
  /** Why the gate said what it said last. */
  readonly reasons: readonly GateReason[];
  /** Null: the gate was not asked yet. */
  readonly evidence: EvidenceSummary | null;
  readonly curves: ReleaseCurves;
}

/** Both versions over the release and what came before it, as they were sampled. */
export interface ReleaseCurves {
  /** When each sample was taken (epoch), ascending; some lie before the start. Every series has one value for each. */
  readonly atMs: readonly number[];
  /** Partitions that members of the new version owned at each sample. */
  readonly canary: VersionCurve;
  /** Those of the old version; `partitions` are 0 throughout once it is replaced. */
  readonly control: VersionCurve;
}

/** Null: not known at that sample, or the version owned nothing then. */
export interface VersionCurve {
  readonly partitions: readonly (number | null)[];
  readonly lagMessages: readonly (number | null)[];
  /** The worst partition's age of its oldest unread message. */
  readonly timeLagMs: readonly (number | null)[];
  readonly consumedPerS: readonly (number | null)[];
}
