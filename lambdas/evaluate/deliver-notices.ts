import type { IncidentRecord } from '../core/incident/incident.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import type { Notifier } from '../core/ports/notifier.ts';

export interface Delivery {
  /** The record after the sending; the same one if nothing could be sent. */
  readonly record: IncidentRecord;
  /** How many notices were taken over, counted for each notifier. */
  readonly sent: number;
  /** Why the rest stays in the outbox; the next evaluation tries again. Null: nothing stays. */
  readonly failure: unknown;
}

/**
 * Sends what a record's outbox holds to every notifier, oldest first, then notes how far each has come. A crash in
 * between repeats notices with the same ids and never loses one. After a failure the later ones wait, so that a recovery
 * is not told before its opening; the other notifiers do not wait for the one that fails.
 */
export async function deliverNotices(
  record: IncidentRecord,
  { incidents, notifiers }: { readonly incidents: IncidentStore; readonly notifiers: readonly Notifier[] },
): Promise<Delivery | 'conflict'> {
  let [sent, failure]: [number, unknown] = [0, null];
  const taken = new Map<string, number>();
  await Promise.all(
    notifiers.map(async (notifier) => {
      const before = record.taken[notifier.name] ?? 0;
      const delivered = await sendInOrder(record.outbox.slice(before), notifier);
      taken.set(notifier.name, before + delivered.count);
      sent += delivered.count;
      failure ??= delivered.failure;
    }),
  );
  if (sent === 0 && failure !== null) return { record, sent, failure };
  const byAll = Math.min(record.outbox.length, ...taken.values());
  const after: IncidentRecord = {
    ...record,
    version: record.version + 1,
    ended: null,
    outbox: record.outbox.slice(byAll),
    taken: Object.fromEntries([...taken].flatMap(([name, count]) => (count > byAll ? [[name, count - byAll]] : []))),
  };
  return (await incidents.write(after)) === 'conflict' ? 'conflict' : { record: after, sent, failure };
}

async function sendInOrder(
  notices: IncidentRecord['outbox'],
  notifier: Notifier,
): Promise<{ readonly count: number; readonly failure: unknown }> {
  for (const [count, notice] of notices.entries()) {
    try {
      await notifier.send(notice);
    } catch (failure) {
      return { count, failure };
    }
  }
  return { count: notices.length, failure: null };
}
