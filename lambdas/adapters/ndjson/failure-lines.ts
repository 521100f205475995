import type { FailedPart, ReadFailure } from '../../core/cluster/snapshot.ts';
import { isObject, isWhole, WHOLE } from './json.ts';
import { Mismatch } from './mismatch.ts';

/** One entry of `failures`: the part's own fields beside what Kafka said. */
interface FailureJson {
  readonly part?: unknown;
  readonly broker?: unknown;
  readonly group?: unknown;
  readonly topic?: unknown;
  readonly partition?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/** `failures` of a line: what could not be read. A ReadFailure is plain data, so that rendering one changes nothing. */
export function parseFailures(json: unknown): ReadFailure[] {
  if (!Array.isArray(json)) throw new Mismatch(json, 'an array', 'failures');
  return json.map((failure: unknown, index) => {
    if (!isObject(failure)) throw new Mismatch(failure, 'an object', 'failures', index);
    const { code, message }: FailureJson = failure;
    return { ...parsePart(failure, index), code: text(code, index, 'code'), message: text(message, index, 'message') };
  });
}

function parsePart({ part, broker, group, topic, partition }: FailureJson, index: number): FailedPart {
  switch (part) {
    case 'broker':
      return { part, broker: text(broker, index, 'broker') };
    case 'group':
    case 'members':
      return { part, group: text(group, index, 'group') };
    case 'partition':
      if (!isWhole(partition)) throw new Mismatch(partition, WHOLE, 'failures', index, 'partition');
      return { part, topic: text(topic, index, 'topic'), partition };
    default:
      throw new Mismatch(part, 'one of broker, group, members, partition', 'failures', index, 'part');
  }
}

function text(value: unknown, index: number, key: string): string {
  if (typeof value !== 'string') throw new Mismatch(value, 'a string', 'failures', index, key);
  return value;
}
