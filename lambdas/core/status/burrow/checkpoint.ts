import type { JsonValue } from '../../json-value.ts';
import type { LogEndHistory } from '../../lag/time-lag.ts';
import { readingCheckpoint } from '../checkpoint-errors.ts';
import { differences, listOf, pairOf, sums, text, whole } from '../checkpoint-values.ts';
import type { Checkpoint } from '../ruleset.ts';
import { parsePartition, parseReason, renderPartition, renderReason } from './checkpoint-verdict.ts';
import type { CommitRing } from './commit-ring.ts';
import type { GroupMemory } from './memory.ts';
import type { PolledGroup, PolledState } from './polled-state.ts';

const FORMAT = 1;

/** A run's state as JSON: columns of differences, which are short and compress well. */
export function renderCheckpoint({ samples, recentAtMs, memory, groups }: PolledState): Checkpoint {
  const value: JsonValue = [
    FORMAT,
    samples,
    differences(recentAtMs),
    Array.from(memory.logEnds, ([topic, ends]) => [topic, ends.map((end) => end && renderEnds(end))]),
    Array.from(groups, ([name, group]) => [name, renderPolled(group)]),
    Array.from(memory.groups, ([name, group]) => [name, renderMemory(group)]),
  ];
  return Buffer.from(JSON.stringify(value));
}

/** The state that was rendered. Throws STORE_CORRUPT on anything else. */
export function parseCheckpoint(checkpoint: Checkpoint): PolledState {
  return readingCheckpoint('burrow', () => {
    const value: JsonValue = JSON.parse(Buffer.from(checkpoint).toString());
    const [format, samples, recentAtMs, logEnds, groups, memory] = listOf(value, (part) => part);
    if (format !== FORMAT) throw new TypeError(`format ${JSON.stringify(format)} instead of ${FORMAT}`);
    return {
      samples: whole(samples),
      recentAtMs: sums(recentAtMs),
      memory: {
        logEnds: new Map(listOf(logEnds, (entry) => pairOf(entry, text, (ends) => listOf(ends, parseEnds)))),
        groups: new Map(listOf(memory, (entry) => pairOf(entry, text, parseMemory))),
      },
      groups: new Map(listOf(groups, (entry) => pairOf(entry, text, parsePolled))),
    };
  });
}

const renderEnds = ({ atMs, logEndOffset }: LogEndHistory): JsonValue => [differences(atMs), differences(logEndOffset)];

function parseEnds(value: JsonValue | undefined): LogEndHistory | null {
  if (value === null) return null;
  const [atMs, logEndOffset] = pairOf(value, sums, sums);
  return { atMs, logEndOffset };
}

function renderMemory({ lastCommitAtMs, topics }: GroupMemory): JsonValue {
  return [lastCommitAtMs, Array.from(topics, ([topic, rings]) => [topic, rings.map(renderRing)])];
}

function parseMemory(value: JsonValue | undefined): GroupMemory {
  const [lastCommitAtMs, topics] = pairOf(value, whole, (list) =>
    listOf(list, (entry) => pairOf(entry, text, (rings) => listOf(rings, parseRing))),
  );
  return { lastCommitAtMs, topics: new Map(topics) };
}

function renderRing(ring: CommitRing): JsonValue {
  return [
    differences(ring.map(({ order }) => order)),
    differences(ring.map(({ atMs }) => atMs)),
    differences(ring.map(({ offset }) => offset)),
    ring.map(({ lagMessages }) => lagMessages),
  ];
}

function parseRing(value: JsonValue | undefined): CommitRing {
  const [orders, times, offsets, lags] = listOf(value, (column) => column);
  const [order, atMs, offset] = [sums(orders), sums(times), sums(offsets)];
  return listOf(lags, (lag) => (lag === null ? null : whole(lag))).map((lagMessages, index) => ({
    offset: whole(offset[index]),
    order: whole(order[index]),
    atMs: whole(atMs[index]),
    lagMessages,
  }));
}

function renderPolled({ readAtMs, partitions, unjudged }: PolledGroup): JsonValue {
  return [
    readAtMs,
    unjudged && renderReason(unjudged),
    Array.from(partitions, ([topic, list]) => [
      topic,
      list.map((partition) => partition && renderPartition(partition)),
    ]),
  ];
}

function parsePolled(value: JsonValue | undefined): PolledGroup {
  const [readAtMs, unjudged, partitions] = listOf(value, (part) => part);
  return {
    readAtMs: whole(readAtMs),
    unjudged: parseReason(unjudged),
    partitions: new Map(listOf(partitions, (entry) => pairOf(entry, text, (list) => listOf(list, parsePartition)))),
  };
}
