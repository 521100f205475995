import type { IncidentRecord } from '../core/incident/incident.ts';
import type { Notice } from '../core/incident/notice.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import type { Notifier } from '../core/ports/notifier.ts';

export interface Delivery {
  /** The record after the sending; the same one if nothing could be sent. */
  readonly record: IncidentRecord;
  readonly sent: readonly Notice[];
  /** Why the rest stays in the outbox; the next evaluation tries again. */
  readonly failure: unknown;
}

/**
 * Sends what a record's outbox holds, oldest first, then takes it out. A crash in between repeats a notice with the
 * same id and never loses one. After a failure the later ones wait, so that a recovery is not told before its opening.
 */
export async function deliverNotices(
  record: IncidentRecord,
  { incidents, notifier }: { readonly incidents: IncidentStore; readonly notifier: Notifier },
): Promise<Delivery | 'conflict'> {
  const sent: Notice[] = [];
  let failure: unknown = null;
  for (const notice of record.outbox) {
    try {
      await notifier.send(notice);
    } catch (cause) {
      failure = cause;
      break;
    }
    sent.push(notice);
  }
  if (sent.length === 0) return { record, sent, failure };
  const emptied = { ...record, version: record.version + 1, outbox: record.outbox.slice(sent.length) };
  return (await incidents.write(emptied)) === 'conflict' ? 'conflict' : { record: emptied, sent, failure };
}
