import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Signal, startLeashed } from '../leash.ts';
import type { Told } from './told.ts';

/** A demo program that runs in a process of its own. */
export interface DemoProgram {
  /** Resolves when it is ready; rejects when it ends before that. */
  readonly ready: Promise<void>;
  /** Asks it to end in good order, and resolves when it has. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface DemoProgramEvents {
  readonly told: (told: Exclude<Told, { readonly ready: true }>) => void;
  /** It ended although nobody killed it. */
  readonly failed: (why: string) => void;
}

/** Starts `local/demo/NAME.program` on a leash. */
export function startProgram(name: string, programArgs: readonly string[], events: DemoProgramEvents): DemoProgram {
  // Compiled, the programs are JavaScript, like this file.
  const file = join(import.meta.dirname, `${name}.program${extname(import.meta.filename)}`);
  // kafkajs 2.2.4 computes a timer's delay below zero; Node 24 warns of it, and nothing comes of it.
  const args = ['--disable-warning=TimeoutNegativeWarning', file, ...programArgs];
  const running = startLeashed(process.execPath, args, { output: 'pipe' });
  let complaint = 'it said nothing';
  let isOver = false;
  const ready = Promise.withResolvers<void>();
  const lines = running.stdout === null ? null : createInterface({ input: running.stdout });
  lines?.on('line', (line) => {
    const told = parseTold(line);
    if (told === null) complaint = /Error/.test(line) ? line : complaint;
    else if ('ready' in told) ready.resolve();
    else events.told(told);
  });
  void running.exited.then((code) => {
    const why = `the demo's ${name} ended with exit code ${code}: ${complaint}`;
    ready.reject(new Error(why));
    if (!isOver) events.failed(why);
  });
  const end = async (signal: Signal): Promise<void> => {
    isOver = true;
    await running.signal(signal);
    await running.exited;
  };
  // Whoever does not wait for it is not to die of it: `failed` tells.
  ready.promise.catch(() => undefined);
  return {
    ready: ready.promise,
    stop: () => end('TERM'),
    kill: () => end('KILL'),
  };
}

/** Null: not one of our lines, but a stack trace or the like. */
function parseTold(line: string): Told | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
