import { createInterface } from 'node:readline';
import { startLeashed } from '../../local/leash.ts';
import { type Deedspan, note } from './deeds.ts';
import { timeOfDay } from './time-of-day.ts';
import type { SoakTold } from './workload.program.ts';

/** Starts producers and consumers in their own process; what they do is written down in `deeds`. */
export function startWorkload({
  forMs,
  seed,
  brokers,
  deeds,
}: {
  readonly forMs: number;
  readonly seed: number;
  readonly brokers: readonly string[];
  readonly deeds: Deedspan[];
}) {
  const file = new URL('workload.program.ts', import.meta.url).pathname;
  const args = ['--disable-warning=TimeoutNegativeWarning', file, `${forMs / 1_000}`, `${seed}`, ...brokers];
  const running = startLeashed(process.execPath, args, { output: 'pipe' });
  const ready = Promise.withResolvers<void>();
  const lines = running.stdout === null ? null : createInterface({ input: running.stdout });
  lines?.on('line', (line) => {
    if (!line.startsWith('{')) return void console.error(line);
    const told: SoakTold = JSON.parse(line);
    if ('ready' in told) return ready.resolve();
    console.error(`${timeOfDay(Date.now())}    ${told.group} ${told.deed} ${told.phase}`);
    note(deeds, told.group, told.deed, told.phase === 'begins');
  });
  void running.exited.then((code) => ready.reject(new Error(`the workload ended with exit code ${code}`)));
  return {
    ready: ready.promise,
    stop: async () => {
      await running.signal('KILL');
      await running.exited;
    },
  };
}
