import type { EndedIncident, IncidentRecord, IncidentRecords } from '../incident/incident.ts';

/** Where incidents live, each with the notices that still have to be sent. Adapters: DynamoDB, and memory for tests. */
export interface IncidentStore {
  /**
   * Every record kept, by group id, the cluster's own under null: open ones, those with unsent notices, and for a day
   * the closed ones, whose slot keeps a late invocation from opening them again.
   */
  readAll(cluster: string): Promise<IncidentRecords>;

  /**
   * Writes one record whole, outbox included. The record carries the version that it makes: one more than the one
   * it replaces, 1 where there was none. `conflict`: somebody else wrote in the meantime; nothing was changed. What it
   * ends can be looked up for ENDED_KEPT_MS.
   */
  write(record: IncidentRecord): Promise<'written' | 'conflict'>;

  /** Incidents that ended at `sinceMs` (epoch) or later, the last one first. One that ended twice stands there once. */
  readEnded(cluster: string, sinceMs: number): Promise<readonly EndedIncident[]>;
}
