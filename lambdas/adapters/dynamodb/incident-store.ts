import { hash } from 'node:crypto';
import { TABLE_KEYS } from '../../contract.ts';
import {
  CLOSED_KEPT_MS,
  ENDED_KEPT_MS,
  type EndedIncident,
  type IncidentRecord,
  isClosed,
} from '../../core/incident/incident.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { IncidentStore } from '../../core/ports/incident-store.ts';
import { GROUP_SORT_END, GROUP_SORT_START, groupSort } from './group-sort.ts';
import { SLOT_SORT_END, slotSort } from './history-keys.ts';
import { expiresAtSOf, type Item, keyAttributes } from './item.ts';
import type { Condition, Table } from './table.ts';

/** `ver` is what a write is conditional on; `rec` is the record as JSON. */
const VERSION = 'ver';
const RECORD = 'rec';

/** Incidents in DynamoDB: one item a group and one for the cluster itself, written whole. */
export function dynamoIncidentStore({ table, clock }: { readonly table: Table; readonly clock: Clock }): IncidentStore {
  return {
    async readAll(cluster) {
      const records = new Map<string | null, IncidentRecord>();
      const range = { partition: partitionOf(cluster), from: GROUP_SORT_START, until: GROUP_SORT_END };
      for await (const item of table.query(range)) {
        if (expiresAtSOf(item) <= clock.nowMs() / 1_000) continue;
        const record = recordOf(item);
        records.set(record.group, record);
      }
      return records;
    },
    write: async (record) => {
      // Before the record, so that a crash in between loses nothing: the retried step ends the same incident again.
      if (record.ended !== null) await table.putAll([endedItem(record.ended)]);
      const written = await table.putIf(itemOf(record, clock.nowMs()), conditionOf(record, clock.nowMs()));
      return written ? 'written' : 'conflict';
    },
    async readEnded(cluster, sinceMs) {
      const fromMs = Math.max(sinceMs, clock.nowMs() - ENDED_KEPT_MS);
      const range = { partition: endedPartition(cluster), from: slotSort(fromMs), until: SLOT_SORT_END };
      const byId = new Map<string, EndedIncident>();
      for await (const item of table.query(range)) {
        const ended = JSON.parse(item[RECORD]?.S ?? 'null') as EndedIncident;
        byId.delete(ended.incident.id);
        byId.set(ended.incident.id, ended);
      }
      return [...byId.values()].reverse();
    },
  };
}

const partitionOf = (cluster: string): string => `incidents#${cluster}`;

const sortOf = (group: string | null): string => (group === null ? 'cluster' : groupSort(group));

function itemOf(record: IncidentRecord, nowMs: number): Item {
  const key = keyAttributes({ partition: partitionOf(record.cluster), sort: sortOf(record.group) });
  const item = { ...key, [VERSION]: { N: `${record.version}` }, [RECORD]: { S: JSON.stringify(record) } };
  if (!isClosed(record)) return item;
  return { ...item, [TABLE_KEYS.expiresAtS]: { N: `${Math.ceil((nowMs + CLOSED_KEPT_MS) / 1_000)}` } };
}

/** The version before, or for the first none: an expired record counts as none, whether or not it was deleted yet. */
function conditionOf({ version }: IncidentRecord, nowMs: number): Condition {
  const { expiresAtS, partition } = TABLE_KEYS;
  const now = { ':now': { N: `${Math.floor(nowMs / 1_000)}` } };
  if (version === 1) return { expression: `attribute_not_exists(${partition}) OR ${expiresAtS} <= :now`, values: now };
  return {
    expression: `${VERSION} = :before AND (attribute_not_exists(${expiresAtS}) OR ${expiresAtS} > :now)`,
    values: { ...now, ':before': { N: `${version - 1}` } },
  };
}

const endedPartition = (cluster: string): string => `ended#${cluster}`;

/** Under the time of its end, so that a range of times is one query. */
const endedItem = (ended: EndedIncident): Item => ({
  ...keyAttributes({
    partition: endedPartition(ended.incident.cluster),
    sort: `${slotSort(ended.endedAtMs)}#${hash('sha256', ended.incident.id)}`,
  }),
  [RECORD]: { S: JSON.stringify(ended) },
  [TABLE_KEYS.expiresAtS]: { N: `${Math.ceil((ended.endedAtMs + ENDED_KEPT_MS) / 1_000)}` },
});

const recordOf = (item: Item): IncidentRecord => JSON.parse(item[RECORD]?.S ?? 'null') as IncidentRecord;
