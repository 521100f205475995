import { SluicegateError } from '../errors.ts';
import type { JsonValue } from '../json-value.ts';
import type { Release } from '../release/release.ts';
import type { Baseline } from './evidence/baseline.ts';
import { emptyHistory, type History } from './evidence/history.ts';
import { type Judgement, nothingSeen } from './judgement.ts';

/** What a judgement remembers: plain data. */
export interface Memory {
  readonly version: typeof VERSION;
  readonly releaseId: string;
  readonly history: History;
  /** What was usual before the start; null until the first snapshot after it. Learnt once, and kept. */
  baseline: Baseline | null;
  /** When the last snapshot was taken (epoch), whether it showed the group or not. */
  takenAtMs: number;
  latest: Judgement;
}

/** Counts the layouts; another layout is not read. */
const VERSION = 1;

export const toCheckpoint = (memory: Memory): JsonValue => structuredClone(memory) as unknown as JsonValue;

/** Null begins anew. Throws STORE_CORRUPT when it is not the checkpoint of this release's judgement. */
export function memoryFrom(from: JsonValue | null, release: Release): Memory {
  if (from === null) return newMemory(release);
  // Own data, read back: its columns tell whether it is whole.
  const memory = structuredClone(from) as unknown as Partial<Memory> | null;
  if (!isWhole(memory) || memory.releaseId !== release.id) {
    const message = `the stored checkpoint is not one of release "${release.id}"'s judgement; delete it to judge from the history anew`;
    throw new SluicegateError('STORE_CORRUPT', message);
  }
  return memory;
}

const newMemory = (release: Release): Memory => ({
  version: VERSION,
  releaseId: release.id,
  history: emptyHistory(),
  baseline: null,
  takenAtMs: 0,
  latest: { decision: 'CONTINUE', reasons: [], evidence: nothingSeen(release.startedAtMs) },
});

function isWhole(memory: Partial<Memory> | null): memory is Memory {
  const { version, history, baseline, latest, takenAtMs } = memory ?? {};
  if (version !== VERSION || history === undefined || baseline === undefined) return false;
  if (latest === undefined || takenAtMs === undefined) return false;
  const { atMs, state, members, deadLetters, strayGroup, roster, tracks } = history;
  const columns = [
    state,
    members,
    deadLetters,
    strayGroup,
    ...(tracks ?? []).flatMap(({ logStart, logEnd, committed, owner, timeLagMs }) => [
      logStart,
      logEnd,
      committed,
      owner,
      timeLagMs,
    ]),
  ];
  return Array.isArray(roster) && Array.isArray(atMs) && columns.every((column) => column?.length === atMs.length);
}
