import type { MemberSelector, Release, Strategy } from '../../core/release/release.ts';
import { STRATEGIES } from '../../core/release/release.ts';
import { isObject, isWhole } from './json.ts';
import { Mismatch } from './mismatch.ts';

/** The value of a line's `release`. */
interface ReleaseJson {
  readonly id?: unknown;
  readonly group?: unknown;
  readonly strategy?: unknown;
  readonly startedAt?: unknown;
  readonly canary?: unknown;
  readonly deadlineMs?: unknown;
}

/** A release out of its line's `release`; throws a Mismatch on anything that does not fit. */
export function parseRelease(json: unknown): Release {
  if (!isObject(json)) throw new Mismatch(json, 'an object', 'release');
  const { id, group, strategy, startedAt, canary, deadlineMs }: ReleaseJson = json;
  if (typeof id !== 'string') throw new Mismatch(id, 'a string', 'release', 'id');
  if (typeof group !== 'string') throw new Mismatch(group, 'a string', 'release', 'group');
  if (!isStrategy(strategy)) {
    throw new Mismatch(strategy, `one of ${STRATEGIES.join(', ')}`, 'release', 'strategy');
  }
  if (!isWhole(startedAt)) throw new Mismatch(startedAt, 'epoch milliseconds', 'release', 'startedAt');
  if (!isWhole(deadlineMs)) throw new Mismatch(deadlineMs, 'milliseconds', 'release', 'deadlineMs');
  return { id, group, strategy, startedAtMs: startedAt, canary: parseSelector(canary), deadlineMs };
}

const isStrategy = (value: unknown): value is Strategy => STRATEGIES.includes(value as Strategy);

function parseSelector(json: unknown): MemberSelector {
  if (!isObject(json)) throw new Mismatch(json, 'an object', 'release', 'canary');
  const { client, instance, host }: { [K in keyof MemberSelector]?: unknown } = json;
  const selector = {
    client: parsePattern(client, 'client'),
    instance: parsePattern(instance, 'instance'),
    host: parsePattern(host, 'host'),
  };
  if (Object.values(selector).every((pattern) => pattern === null)) {
    throw new Mismatch(json, 'a pattern for client, instance or host', 'release', 'canary');
  }
  return selector;
}

function parsePattern(value: unknown, key: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new Mismatch(value, 'a regular expression', 'release', 'canary', key);
  try {
    new RegExp(value);
  } catch (cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Mismatch(value, `a regular expression (${why})`, 'release', 'canary', key);
  }
  return value;
}

/** One line, without its newline. Parsing it gives the same release. */
export function renderRelease({ id, group, strategy, startedAtMs, canary, deadlineMs }: Release): string {
  const patterns = Object.entries(canary).filter(([, pattern]) => pattern !== null);
  return JSON.stringify({
    release: { id, group, strategy, startedAt: startedAtMs, canary: Object.fromEntries(patterns), deadlineMs },
  });
}
