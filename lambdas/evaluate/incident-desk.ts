import type { IncidentRecord } from '../core/incident/incident.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import { askedOnceWhileDown } from './asked-once-while-down.ts';
import type { Warn } from './cluster-run.ts';
import { deliverNotices } from './deliver-notices.ts';

/** A cluster's incident records as this invocation knows them, and what became of their notices. */
export interface IncidentDesk {
  readonly records: ReadonlyMap<string | null, IncidentRecord>;
  /** Stores each record. False: another invocation was faster; nothing of ours counts from there on. */
  write(next: readonly IncidentRecord[]): Promise<boolean>;
  /** Sends what waits in the outboxes. False on a conflict, as above. */
  deliver(): Promise<boolean>;
  told(): NoticesTold;
}

export interface NoticesTold {
  /** How many notices were taken over, counted for each notifier. */
  readonly noticesSent: number;
  /** Notices that stay in the outbox because a notifier refused them, and why the last one did. */
  readonly noticesWaiting: number;
  readonly whyWaiting: string | null;
}

export async function openIncidentDesk(
  stores: { readonly incidents: IncidentStore; readonly notifiers: readonly Notifier[]; readonly warn: Warn },
  cluster: string,
): Promise<IncidentDesk> {
  const records = new Map(await stores.incidents.readAll(cluster));
  const delivering = { ...stores, notifiers: stores.notifiers.map(askedOnceWhileDown) };
  let [noticesSent, whyWaiting]: [number, string | null] = [0, null];
  return {
    records,
    async write(next) {
      for (const record of next) {
        if ((await stores.incidents.write(record)) === 'conflict') return false;
        for (const { id } of givenUp(records.get(record.group), record)) {
          stores.warn('a notice is given up: nobody has taken it for days', { cluster, notice: id.slice(0, 200) });
        }
        records.set(record.group, record);
      }
      return true;
    },
    async deliver() {
      for (const record of records.values()) {
        if (record.outbox.length === 0) continue;
        const delivery = await deliverNotices(record, delivering);
        if (delivery === 'conflict') return false;
        noticesSent += delivery.sent;
        if (delivery.failure !== null) whyWaiting = String(delivery.failure);
        records.set(record.group, delivery.record);
      }
      return true;
    },
    told: () => ({
      noticesSent,
      noticesWaiting: [...records.values()].reduce((sum, { outbox }) => sum + outbox.length, 0),
      whyWaiting,
    }),
  };
}

/** Notices of a full outbox that had to make room (core/incident/record-limits.ts). */
const givenUp = (before: IncidentRecord | undefined, after: IncidentRecord): IncidentRecord['outbox'] =>
  before?.outbox.filter((notice) => !after.outbox.includes(notice)) ?? [];
