import { listOf } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';
import { type ClusterMemory, type LogMemory, newLog } from '../cluster-memory.ts';
import { newPartition, type PartitionMemory } from '../partition-memory.ts';
import { readTrail, renderTrail } from './checkpoint-trail.ts';
import { finite } from './columns.ts';
import { flags, numbers, parseRows, renderRows, times } from './fields.ts';

const FIELDS = [
  ...times<PartitionMemory>(
    'seenAtMs',
    'producedAtMs',
    'idleSinceMs',
    'lastAdvanceAtMs',
    'vanishedAtMs',
    'ownerSinceMs',
    'heldUntilMs',
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
    'advancesSinceOpen',
    'open',
    'lagPeakMessages',
    'highWaterOffset',
    'skippedMessages',
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
    rows.map(({ owner, ownerAtOpen }) => [indexIn(ids, owner), indexIn(ids, ownerAtOpen)]),
    renderRows(rows, { fields: FIELDS, fresh: FRESH, atMs }),
    rows.map((p) => renderTrail(p, axis)),
  ];
}

const FRESH = newPartition('', 0, newLog());

const fromEnd = ({ log }: PartitionMemory, offset: number): number | null =>
  Number.isNaN(offset) ? null : log.endOffset - offset;

const indexIn = (ids: readonly string[], id: string | null): number | null => (id === null ? null : ids.indexOf(id));

/** The opposite, given the topic's logs. */
export function parsePartitions(
  value: Checkpoint | undefined,
  topic: string,
  logs: readonly LogMemory[],
  { ids, memory: { atMs, axis } }: { readonly ids: readonly string[]; readonly memory: ClusterMemory },
): (PartitionMemory | null)[] {
  const [places, offsets, owners, columns, trails] = listOf(value, (part) => part);
  const rows = listOf(places, (place) => {
    const log = logs[finite(place)];
    if (log === undefined) throw new TypeError(`no log of ${topic}-${finite(place)}`);
    return newPartition(topic, finite(place), log);
  });
  parseRows(columns, rows, { fields: FIELDS, atMs });
  const offsetPairs = listOf(offsets, (pair) => listOf(pair, (one) => one));
  const ownerPairs = listOf(owners, (pair) => listOf(pair, (one) => idAt(ids, one)));
  const trailLists = listOf(trails, (trail) => listOf(trail, finite));
  const list: (PartitionMemory | null)[] = [];
  for (const [row, p] of rows.entries()) {
    p.committedOffset = offsetOf(p, offsetPairs[row]?.[0]);
    p.endAtAdvance = offsetOf(p, offsetPairs[row]?.[1]);
    p.generation = p.log.generation - finite(offsetPairs[row]?.[2]);
    p.owner = ownerPairs[row]?.[0] ?? null;
    p.ownerAtOpen = ownerPairs[row]?.[1] ?? null;
    readTrail(p, trailLists[row] ?? [], axis);
    while (list.length < p.partition) list.push(null);
    list.push(p);
  }
  return list;
}

const offsetOf = ({ log }: PartitionMemory, behind: Checkpoint | undefined): number =>
  behind === null ? Number.NaN : log.endOffset - finite(behind);

function idAt(ids: readonly string[], index: Checkpoint | undefined): string | null {
  if (index === null) return null;
  const id = ids[finite(index)];
  if (id === undefined) throw new TypeError(`no member ${JSON.stringify(index)}`);
  return id;
}
