import type { PartitionLog } from '../../core/cluster/snapshot.ts';
import { isObject, isWhole, WHOLE } from './json.ts';
import { Mismatch } from './mismatch.ts';

/** One partition in `topics`. `newest` is ours: the timestamp of the newest record. */
interface LogJson {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly stable?: unknown;
  readonly newest?: unknown;
}

/** `topics` of a line: by topic, indexed by partition; null where the partition could not be read. */
export function parseTopics(json: unknown): Map<string, (PartitionLog | null)[]> {
  if (!isObject(json)) throw new Mismatch(json, 'an object by topic', 'topics');
  const topics = new Map<string, (PartitionLog | null)[]>();
  for (const [topic, logs] of Object.entries(json)) {
    if (!Array.isArray(logs)) throw new Mismatch(logs, 'an array by partition', 'topics', topic);
    topics.set(
      topic,
      logs.map((log: unknown, partition) => (log === null ? null : parseLog(log, topic, partition))),
    );
  }
  return topics;
}

function parseLog(json: unknown, topic: string, partition: number): PartitionLog {
  if (!isObject(json)) throw new Mismatch(json, 'an object or null', 'topics', topic, partition);
  const { start, end, stable, newest }: LogJson = json;
  if (!isWhole(start)) throw new Mismatch(start, WHOLE, 'topics', topic, partition, 'start');
  if (!isWhole(end)) throw new Mismatch(end, WHOLE, 'topics', topic, partition, 'end');
  if (stable === undefined && newest === undefined) return { logStartOffset: start, logEndOffset: end };
  if (stable !== undefined && !isWhole(stable)) throw new Mismatch(stable, WHOLE, 'topics', topic, partition, 'stable');
  if (newest !== undefined && newest !== null && !isWhole(newest)) {
    throw new Mismatch(newest, `${WHOLE}, or null`, 'topics', topic, partition, 'newest');
  }
  return {
    logStartOffset: start,
    logEndOffset: end,
    ...(stable === undefined ? {} : { lastStableOffset: stable }),
    ...(newest === undefined ? {} : { newestRecordAtMs: newest }),
  };
}

/** The opposite of `parseTopics` for one partition. */
export function renderLog(log: PartitionLog | null): object | null {
  if (log === null) return null;
  // JSON leaves out what is undefined.
  return {
    start: log.logStartOffset,
    end: log.logEndOffset,
    stable: log.lastStableOffset,
    newest: log.newestRecordAtMs,
  };
}
