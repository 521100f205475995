import type { GroupStatus, ProblemKind } from '../status/verdict.ts';
import type { Notice } from './notice.ts';

/** A span of bad status of one group, from opened to recovered. */
export interface Incident {
  readonly id: string;
  readonly cluster: string;
  readonly group: string;
  readonly openedAtMs: number;
  readonly status: GroupStatus;
  readonly kind: ProblemKind;
  /** When the last notice about it was due (epoch); reminders count from here. */
  readonly notifiedAtMs: number;
}

/**
 * What is stored of one group: its open incident, if any, and the notices not yet taken over by the notifier.
 * Step and notices are one write, so that a crash loses neither.
 */
export interface IncidentRecord {
  readonly cluster: string;
  readonly group: string;
  /** Counts the writes; a write names the version that it makes. */
  readonly version: number;
  /** The slot of the last step taken; the same slot again changes nothing. */
  readonly slotMs: number;
  readonly incident: Incident | null;
  readonly outbox: readonly Notice[];
}

/** How long a closed record stays after its last write: its slot keeps a late invocation from opening it again. */
export const CLOSED_KEPT_MS = 24 * 3_600_000;

/** Nothing is wrong and everything has been told. */
export const isClosed = ({ incident, outbox }: IncidentRecord): boolean => incident === null && outbox.length === 0;
