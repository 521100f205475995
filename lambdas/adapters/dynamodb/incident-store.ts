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
import { bodyOf, expiresAtSOf, type Item, packedItem } from './item.ts';
import { seal, unseal } from './packing/envelope.ts';
import type { Condition, Table } from './table.ts';

/** What a write is conditional on. */
const VERSION = 'ver';

/**
 * Incidents in DynamoDB: one item a group and one for the cluster itself, written whole. Packed, since names repeat in
 * them, and one item takes no more than 400 KB; core/incident/record-limits.ts bounds the rest.
 */
export function dynamoIncidentStore({ table, clock }: { readonly table: Table; readonly clock: Clock }): IncidentStore {
  return {
    async readAll(cluster) {
      const records = new Map<string | null, IncidentRecord>();
      const range = { partition: partitionOf(cluster), from: GROUP_SORT_START, until: GROUP_SORT_END };
      for await (const item of table.query(range)) {
        if (expiresAtSOf(item) <= clock.nowMs() / 1_000) continue;
        const record = unpacked<IncidentRecord>(item);
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
        const ended = unpacked<EndedIncident>(item);
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
  const key = { partition: partitionOf(record.cluster), sort: sortOf(record.group) };
  const expiresAtS = isClosed(record) ? Math.ceil((nowMs + CLOSED_KEPT_MS) / 1_000) : null;
  return { ...packedItem(key, packed(record), expiresAtS), [VERSION]: { N: `${record.version}` } };
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

/** Of the record, and of an incident that has ended. */
const FORMAT = 'incident';

const endedPartition = (cluster: string): string => `ended#${cluster}`;

/** Under the time of its end, so that a range of times is one query. */
const endedItem = (ended: EndedIncident): Item =>
  packedItem(
    {
      partition: endedPartition(ended.incident.cluster),
      sort: `${slotSort(ended.endedAtMs)}#${hash('sha256', ended.incident.id)}`,
    },
    packed(ended),
    Math.ceil((ended.endedAtMs + ENDED_KEPT_MS) / 1_000),
  );

const packed = (content: IncidentRecord | EndedIncident): Uint8Array =>
  seal(FORMAT, Buffer.from(JSON.stringify(content))).bytes;

const unpacked = <Content>(item: Item): Content =>
  JSON.parse(Buffer.from(unseal(FORMAT, bodyOf(item))).toString()) as Content;
