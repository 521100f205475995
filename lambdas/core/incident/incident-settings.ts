import type { QuietWindow } from './quiet-window.ts';

/** When people are told. All are durations; docs/configuration.md has the keys they come from. */
export interface IncidentSettings {
  /** An open incident is told again after this long without a notice. */
  readonly repeatIntervalMs: number;
  /** All must have been well for this long, from the first good slot on, before an incident is over. */
  readonly recoverAfterMs: number;
  /** Another kind of the same status, or a better one, must have lasted this long before it counts. */
  readonly changeAfterMs: number;
  /** A group or its topics must have been absent from whole readings for this long to count as deleted. */
  readonly expireAfterMs: number;
  /** Parts of a cluster must have been unreadable for this long before it is told. */
  readonly unreadableAfterMs: number;
  /** So many groups that get into trouble within this time are one notice about the cluster. */
  readonly storm: { readonly groups: number; readonly withinMs: number };
  readonly quiet: readonly QuietWindow[];
}
