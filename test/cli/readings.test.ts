import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Attempt, deadlineFor, type ReadingPlan, readingsOf, stopSignal, systemPace } from '../../cli/readings.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { aPace } from '../builders/fake-pace.ts';
import { aReaderOf } from '../builders/fake-reader.ts';
import { T0_MS } from '../builders/snapshots.ts';

const unreachable = new SluicegateError('BROKER_UNREACHABLE', 'no answer');

describe('readings', () => {
  test('come at once and then once an interval, until the time is over', async () => {
    const attempts = await Array.fromAsync(readingsOf(aReaderOf([{}]), plan({ forMs: 15_000 })));
    expect(attempts.map(atMsOf)).toEqual([0, 5_000, 10_000, 15_000].map((ms) => T0_MS + ms));
  });

  test('come once each, though a timer fires a moment early', async () => {
    const attempts = await Array.fromAsync(readingsOf(aReaderOf([{}]), plan({ forMs: 15_000, pace: aPace(1) })));
    expect(attempts.map(atMsOf)).toEqual([0, 4_999, 9_999, 14_999].map((ms) => T0_MS + ms));
  });

  test('that take long leave out those that they missed', async () => {
    const pace = aPace();
    const times: number[] = [];
    for await (const attempt of readingsOf(aReaderOf([{}]), plan({ forMs: 20_000, pace }))) {
      times.push(atMsOf(attempt) - T0_MS);
      if (times.length === 1) pace.advance(12_000);
    }
    expect(times).toEqual([0, 15_000, 20_000]);
  });

  test('a first one that fails is the caller’s error', async () => {
    const all = Array.fromAsync(readingsOf(aReaderOf([unreachable]), plan({ forMs: 20_000 })));
    await expect(all).rejects.toBe(unreachable);
  });

  test('a later one that fails is told, and the reading goes on', async () => {
    const attempts = await Array.fromAsync(readingsOf(aReaderOf([{}, unreachable, {}]), plan({ forMs: 10_000 })));
    expect(attempts.map(({ kind }) => kind)).toEqual(['read', 'failed', 'read']);
  });

  test('a bug is not taken for a cluster that does not answer', async () => {
    const all = Array.fromAsync(readingsOf(aReaderOf([{}, new TypeError('x')]), plan({})));
    await expect(all).rejects.toThrow(TypeError);
  });

  test('end with the signal, even in the middle of a reading or a wait', async () => {
    const never = { read: () => new Promise<never>(() => {}), close: async () => {} };
    expect(await Array.fromAsync(readingsOf(never, plan({ signal: AbortSignal.timeout(10) })))).toEqual([]);
    const stop = new AbortController();
    for await (const _ of readingsOf(aReaderOf([{}]), plan({ signal: stop.signal, pace: systemPace }))) stop.abort();
    expect(stop.signal.aborted).toBe(true);
  });
});

test.each([
  { why: 'Ctrl-C', name: 'SIGINT' },
  { why: 'a service manager', name: 'SIGTERM' },
  { why: 'the terminal is closed: once that went unheard, and the demo ran on', name: 'SIGHUP' },
])('$name ($why) asks to end in order, and the next one ends at once', ({ name }) => {
  const process = new EventEmitter();
  const signal = stopSignal(process as NodeJS.Process);
  expect(signal.aborted).toBe(false);
  process.emit(name);
  expect(signal.aborted).toBe(true);
  expect(process.listenerCount(name)).toBe(0);
});

test.each([
  { intervalMs: 100, deadlineMs: 1_000 },
  { intervalMs: 5_000, deadlineMs: 5_000 },
  { intervalMs: 60_000, deadlineMs: 20_000 },
])('a reading every $intervalMs ms has $deadlineMs ms', ({ intervalMs, deadlineMs }) => {
  expect(deadlineFor(intervalMs)).toBe(deadlineMs);
});

function plan(part: Partial<ReadingPlan>): ReadingPlan {
  return { intervalMs: 5_000, forMs: null, signal: new AbortController().signal, pace: aPace(), ...part };
}

const atMsOf = (attempt: Attempt): number => (attempt.kind === 'read' ? attempt.reading.snapshot.atMs : attempt.atMs);
