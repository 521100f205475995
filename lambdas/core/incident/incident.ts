import type { GroupStatus, ProblemKind } from '../status/verdict.ts';
import type { Notice } from './notice.ts';

/** What can be wrong with a cluster as a whole; docs/notices.md has both. */
export const CLUSTER_KINDS = ['UNREADABLE', 'STORM'] as const;
export type ClusterKind = (typeof CLUSTER_KINDS)[number];

/** What an incident is about. */
export type IncidentKind = ProblemKind | ClusterKind;

/** A span of bad status of one group, or of the cluster as a whole, from opened to recovered or expired. */
export interface Incident {
  readonly id: string;
  readonly cluster: string;
  /** Null: the cluster as a whole. */
  readonly group: string | null;
  readonly openedAtMs: number;
  readonly status: GroupStatus;
  readonly kind: IncidentKind;
  /** When it came to be of this kind (epoch). */
  readonly kindAtMs: number;
  /** Why it is of this kind, in words, as it was seen when it came to be; null: no rule said. */
  readonly sentence: string | null;
  /** Topics that held the problem when it was last looked at for a notice: their deletion ends the incident. */
  readonly topics: readonly string[];
  /** What people were told last; null while it was kept from them (a mute, a quiet window, a storm). */
  readonly told: Told | null;
}

export interface Told {
  readonly status: GroupStatus;
  readonly kind: IncidentKind;
  /** When the reading behind that notice began (epoch); reminders count from here. */
  readonly atMs: number;
}

/** An incident that is over. */
export interface EndedIncident {
  readonly incident: Incident;
  /** `expired`: what it was about was deleted. */
  readonly ended: 'recovered' | 'expired';
  /** When the reading that ended it began (epoch). */
  readonly endedAtMs: number;
}

/** What one slot can show: all is well, the group is gone on purpose, or a problem. */
export type Sight = 'OK' | 'GONE' | IncidentKind;

/** Something else than the incident says was seen, and has to last before it counts. */
export interface Pending {
  readonly sight: Sight;
  /** The first slot that showed it, and when its reading began. */
  readonly sinceSlotMs: number;
  readonly sinceAtMs: number;
  /** Of the incident that may be over: what has to be back before anything new begins. */
  readonly topics: readonly string[];
}

/**
 * What is stored of one group, or of the cluster as a whole: the open incident, if any, and the notices not yet taken
 * over by every notifier. Step and notices are one write, so that a crash loses neither.
 */
export interface IncidentRecord {
  readonly cluster: string;
  /** Null: the cluster as a whole. */
  readonly group: string | null;
  /** Counts the writes; a write names the version that it makes. */
  readonly version: number;
  /** The slot of the last step that changed anything; the same slot again changes nothing. */
  readonly slotMs: number;
  readonly incident: Incident | null;
  readonly pending: Pending | null;
  /** The incident that just this write ends. */
  readonly ended: EndedIncident | null;
  readonly outbox: readonly Notice[];
  /** By notifier, how many of the outbox's notices it has taken over, from the first on; absent: none. */
  readonly taken: Readonly<Record<string, number>>;
}

/** By group; the cluster's own under null. */
export type IncidentRecords = ReadonlyMap<string | null, IncidentRecord>;

/** How long a closed record stays after its last write: its slot keeps a late invocation from opening it again. */
export const CLOSED_KEPT_MS = 24 * 3_600_000;

/** How long an incident that is over can be looked up. */
export const ENDED_KEPT_MS = 30 * 24 * 3_600_000;

/** Nothing is wrong and everything has been told. */
export const isClosed = ({ incident, outbox }: IncidentRecord): boolean => incident === null && outbox.length === 0;
