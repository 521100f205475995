import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { Release } from '../../core/release/release.ts';
import { isObject } from './json.ts';
import { Mismatch } from './mismatch.ts';
import { parseRelease } from './release-line.ts';
import { parseSnapshot } from './snapshot-line.ts';

/** What one line of the replay format says. */
export type ReplayLine =
  | { readonly kind: 'snapshot'; readonly snapshot: ClusterSnapshot }
  | { readonly kind: 'release'; readonly release: Release };

/** Where a line stands: file name (or `stdin`) and number, counted from 1. */
export interface LinePlace {
  readonly source: string;
  readonly number: number;
}

/** One line's meaning. Throws REPLAY_MALFORMED with the line's place, the JSON path, the value, and what was expected. */
export function parseReplayLine(text: string, place: LinePlace): ReplayLine {
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) throw new Mismatch(json, 'a JSON object');
    const { release }: { readonly release?: unknown } = json;
    if (release !== undefined) return { kind: 'release', release: parseRelease(release) };
    return { kind: 'snapshot', snapshot: parseSnapshot(json) };
  } catch (cause: unknown) {
    if (cause instanceof Mismatch) throw malformed(place, cause.message, cause);
    if (cause instanceof SyntaxError) throw malformed(place, `not JSON (${cause.message})`, cause);
    throw cause;
  }
}

/** The error for a line that can't be used, whatever the reason. */
export function malformed({ source, number }: LinePlace, what: string, cause?: unknown): SluicegateError {
  const message = `${source} line ${number}: ${what}. Correct or remove that line.`;
  return new SluicegateError('REPLAY_MALFORMED', message, { cause });
}
