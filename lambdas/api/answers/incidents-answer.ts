import type { IncidentKind } from '../../core/incident/incident.ts';
import type { Severity } from '../../core/incident/severity.ts';
import type { GroupStatus } from '../../core/status/verdict.ts';

/** GET /api/incidents: open ones first, then those that are over; in both, the youngest first. Query: `cluster` (required), `group`. */
export interface IncidentsAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  /** How far back incidents that are over are kept (epoch). */
  readonly sinceMs: number;
  readonly incidents: readonly IncidentEntry[];
}

/** A span of bad status of one group, or of the cluster as a whole. */
export interface IncidentEntry {
  readonly id: string;
  /** Null: the cluster as a whole. */
  readonly group: string | null;
  /** What is wrong; once it is over, what was last. */
  readonly kind: IncidentKind;
  readonly status: GroupStatus;
  readonly severity: Severity;
  readonly openedAtMs: number;
  /** Since when it is of this kind (epoch): before that it was of another. */
  readonly kindAtMs: number;
  /** Null, both: it is open. */
  readonly endedAtMs: number | null;
  /** `expired`: what it was about was deleted. */
  readonly ended: 'recovered' | 'expired' | null;
  /** Topics that held the problem. */
  readonly topics: readonly string[];
  /** The rule that decided, in words with its numbers; null when it is not known any more. */
  readonly sentence: string | null;
  /** What to do first; null once it is over. */
  readonly advice: string | null;
}
