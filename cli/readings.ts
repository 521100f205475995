import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../lambdas/adapters/clock/system-clock.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import type { ClusterReader, Reading } from '../lambdas/core/ports/cluster-reader.ts';

/** One attempt to read a cluster. */
export type Attempt =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'failed'; readonly atMs: number; readonly error: SluicegateError };

export interface ReadingPlan {
  readonly intervalMs: number;
  /** How long to go on; null: until the signal. */
  readonly forMs: number | null;
  readonly signal: AbortSignal;
  readonly pace: Pace;
}

/** Time, and the passing of it. */
export interface Pace extends Clock {
  /** Rejects when the signal comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** By the machine's clock. */
export const systemPace: Pace = {
  ...systemClock,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** A healthy cluster answers in well under a second; after this the rest is worth more than the wait. */
const READ_AT_MOST_MS = 20_000;

/** How long one reading may take, so that it has ended when the next one is due. */
export const deadlineFor = (intervalMs: number): number => Math.max(1_000, Math.min(READ_AT_MOST_MS, intervalMs));

/**
 * Reads at once, and then once an interval, by the clock and not by how long a reading took. Throws what the first
 * reading throws, for then something is set wrong; later failures are told and the reading goes on.
 */
export async function* readingsOf(
  reader: ClusterReader,
  { intervalMs, forMs, signal, pace }: ReadingPlan,
): AsyncGenerator<Attempt> {
  const startMs = pace.nowMs();
  const deadlineMs = deadlineFor(intervalMs);
  let atMs = startMs;
  let dueMs = startMs;
  while (!signal.aborted) {
    const attempt = await untilAborted(attemptAt(reader, atMs, deadlineMs), signal);
    if (attempt === null) return;
    if (attempt.kind === 'failed' && atMs === startMs) throw attempt.error;
    yield attempt;
    // A timer may fire a moment early: what it was set for is not due again. What a slow reading missed is left out.
    const missed = Math.floor((pace.nowMs() - dueMs) / intervalMs);
    dueMs += (1 + Math.max(0, missed)) * intervalMs;
    if (forMs !== null && dueMs - startMs > forMs) return;
    await untilAborted(pace.sleep(dueMs - pace.nowMs(), signal), signal);
    atMs = pace.nowMs();
  }
}

async function attemptAt(reader: ClusterReader, atMs: number, deadlineMs: number): Promise<Attempt> {
  try {
    return { kind: 'read', reading: await reader.read({ atMs, deadlineMs }) };
  } catch (error: unknown) {
    if (error instanceof SluicegateError) return { kind: 'failed', atMs, error };
    throw error;
  }
}

/** What the promise comes to, or null as soon as the signal comes. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const { promise: aborted, resolve } = Promise.withResolvers<null>();
  const onAbort = () => resolve(null);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([
      promise.catch((error: unknown) => (signal.aborted ? null : Promise.reject(error))),
      aborted,
    ]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Aborts on Ctrl-C, SIGTERM or a closed terminal, so that a command can end in order; a second one ends it at once. */
export function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
