import { listOf, parsing, text } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';
import { type ClusterMemory, emptyCluster, type LogMemory, newLog, type TopicMemory } from '../cluster-memory.ts';
import { parseGroup, renderGroup } from './checkpoint-group.ts';
import { finite, parseColumn, renderColumn } from './columns.ts';
import { numbers, parseRows, renderRows, times } from './fields.ts';

/** Raised whenever what is written, or the order of the rules, changes. */
const FORMAT = 1;

const LOG_FIELDS = [
  ...times<LogMemory>('readAtMs', 'endMovedAtMs', 'startThenAtMs'),
  ...numbers<LogMemory>('endOffset', 'startOffset', 'startThenOffset', 'busySamples', 'quietSamples', 'generation'),
];
const FRESH_LOG = newLog();

/** All that a run remembers, as JSON made to compress well: columns of differences and ages. */
export function renderCheckpoint(memory: ClusterMemory): Checkpoint {
  const { atMs, samples, axis, topics, groups, troubledSinceMs } = memory;
  return [
    FORMAT,
    Number.isFinite(atMs) ? atMs : null,
    samples,
    Number.isNaN(troubledSinceMs) ? null : atMs - troubledSinceMs,
    axis.cells.map((cell) => atMs - (axis.atMs[cell] ?? 0)),
    Array.from(topics, ([name, topic]) => [name, renderTopic(topic, memory)]),
    Array.from(groups.values(), (group) => renderGroup(group, memory)),
  ];
}

/** The memory that was rendered. Throws STORE_CORRUPT on anything else. */
export function parseCheckpoint(checkpoint: Checkpoint): ClusterMemory {
  return parsing('default', () => {
    const [format, atMs, samples, troubledMs, ages, topics, groups] = listOf(checkpoint, (part) => part);
    if (format !== FORMAT) throw new TypeError(`format ${JSON.stringify(format)} instead of ${FORMAT}`);
    const memory = emptyCluster();
    if (atMs === null) return memory;
    memory.atMs = finite(atMs);
    memory.samples = finite(samples);
    memory.troubledSinceMs = troubledMs === null ? Number.NaN : memory.atMs - finite(troubledMs);
    for (const [cell, ageMs] of listOf(ages, finite).entries()) {
      memory.axis.cells.push(cell);
      memory.axis.atMs.push(memory.atMs - ageMs);
    }
    for (const [name, topic] of listOf(topics, (pair) => listOf(pair, (one) => one))) {
      memory.topics.set(text(name), parseTopic(topic, memory));
    }
    for (const group of listOf(groups, (one) => parseGroup(one, memory))) memory.groups.set(group.name, group);
    return memory;
  });
}

function renderTopic({ logs, seenAtMs }: TopicMemory, { atMs, axis }: ClusterMemory): Checkpoint {
  return [
    atMs - seenAtMs,
    renderRows(logs, { fields: LOG_FIELDS, fresh: FRESH_LOG, atMs }),
    logs.map(({ ends }) => renderColumn(ends, axis.cells)),
  ];
}

function parseTopic(value: Checkpoint | undefined, { atMs, axis }: ClusterMemory): TopicMemory {
  const [ageMs, columns, ends] = listOf(value, (part) => part);
  const logs = listOf(ends, (column) => {
    const log = newLog();
    parseColumn(column, log.ends, axis.cells.length);
    return log;
  });
  parseRows(columns, logs, { fields: LOG_FIELDS, atMs });
  return { logs, seenAtMs: atMs - finite(ageMs) };
}
