import { listOf, pairOf } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';
import { type ClusterMemory, type LogMemory, newLog } from '../cluster-memory.ts';
import { newPartition, type PartitionMemory } from '../partition-memory.ts';
import { readTrail, renderTrail } from './checkpoint-trail.ts';
import { parseTrouble, renderTrouble } from './checkpoint-trouble.ts';
import { finite, idAt, indexIn } from './columns.ts';
import { flags, numbers, parseRows, renderRows, times } from './fields.ts';

const FIELDS = [
  ...times<PartitionMemory>(
    'seenAtMs',
    'producedAtMs',
    'idleSinceMs',
    'lastAdvanceAtMs',
    'vanishedAtMs',
    'ownerSinceMs',
    'keepsUpSinceMs',
    'overSinceMs',
  ),
  ...flags<PartitionMemory>('pending', 'beforeHistory'),
  ...numbers<PartitionMemory>(
    'lagMessages',
    'restingMessages',
    'stuckSamples',
    'quietSamples',
    'advances',
    'sustainedPerS',
  ),
];

/** Partitions of one topic: offsets against the log's end and generation, the rest by columns. Owners are numbers in `ids`. */
export function renderPartitions(
  list: readonly (PartitionMemory | null)[],
  ids: readonly string[],
  { atMs, axis }: ClusterMemory,
): Checkpoint {
  const rows = list.filter((p) => p !== null);
  return [
    rows.map(({ partition }) => partition),
    rows.map((p) => [fromEnd(p, p.committedOffset), fromEnd(p, p.endAtAdvance), p.log.generation - p.generation]),
    rows.map(({ owner }) => indexIn(ids, owner)),
    renderRows(rows, { fields: FIELDS, fresh: FRESH, atMs }),
    rows.map((p) => renderTrail(p, axis)),
    rows.flatMap(({ trouble }, row) => (trouble === null ? [] : [[row, renderTrouble(trouble, ids, atMs)]])),
  ];
}

const FRESH = newPartition('', 0, newLog());

const fromEnd = ({ log }: PartitionMemory, offset: number): number | null =>
  Number.isNaN(offset) ? null : log.endOffset - offset;

/** The opposite, given the topic's logs. */
export function parsePartitions(
  value: Checkpoint | undefined,
  topic: string,
  logs: readonly LogMemory[],
  { ids, memory: { atMs, axis } }: { readonly ids: readonly string[]; readonly memory: ClusterMemory },
): (PartitionMemory | null)[] {
  const [places, offsets, owners, columns, trails, troubles] = listOf(value, (part) => part);
  const rows = listOf(places, (place) => {
    const log = logs[finite(place)];
    if (log === undefined) throw new TypeError(`no log of ${topic}-${finite(place)}`);
    return newPartition(topic, finite(place), log);
  });
  parseRows(columns, rows, { fields: FIELDS, atMs });
  const offsetPairs = listOf(offsets, (pair) => listOf(pair, (one) => one));
  const ownerIds = listOf(owners, (one) => idAt(ids, one));
  const trailLists = listOf(trails, (trail) => listOf(trail, finite));
  for (const [row, trouble] of listOf(troubles, (pair) => pairOf(pair, finite, (one) => one))) {
    const troubled = rows[row];
    if (troubled !== undefined) troubled.trouble = parseTrouble(trouble, ids, atMs);
  }
  const list: (PartitionMemory | null)[] = [];
  for (const [row, p] of rows.entries()) {
    p.committedOffset = offsetOf(p, offsetPairs[row]?.[0]);
    p.endAtAdvance = offsetOf(p, offsetPairs[row]?.[1]);
    p.generation = p.log.generation - finite(offsetPairs[row]?.[2]);
    p.owner = ownerIds[row] ?? null;
    readTrail(p, trailLists[row] ?? [], axis);
    while (list.length < p.partition) list.push(null);
    list.push(p);
  }
  return list;
}

const offsetOf = ({ log }: PartitionMemory, behind: Checkpoint | undefined): number =>
  behind === null ? Number.NaN : log.endOffset - finite(behind);
