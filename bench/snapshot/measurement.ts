import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What one snapshot cost a client. Null: that client does not tell. */
export interface Measurement {
  readonly requests: number | null;
  readonly bytes: number | null;
  readonly cpuMs: number | null;
  readonly wallMs: number;
  readonly groups: number;
}

/** Several snapshots by one client in one process of its own, the first one cold. */
export interface ClientRun {
  readonly snapshots: readonly Measurement[];
  readonly peakMemoryMb: number;
}

/** Runs a program that prints a `ClientRun` as JSON on its last line. */
export async function runClient(program: string, args: readonly string[]): Promise<ClientRun> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${errors}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as ClientRun;
}

/** Measures `snapshot` a number of times in this process, and prints the run for `runClient`. */
export async function printRun(
  times: number,
  snapshot: () => Promise<Omit<Measurement, 'cpuMs' | 'wallMs'>>,
): Promise<void> {
  const snapshots: Measurement[] = [];
  for (let run = 0; run < times; run += 1) {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const counted = await snapshot();
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    snapshots.push({ ...counted, cpuMs: (user + system) / 1_000, wallMs });
  }
  const run: ClientRun = { snapshots, peakMemoryMb: process.resourceUsage().maxRSS / 1_024 };
  console.log(JSON.stringify(run));
}

/** The middle one by wall time, which on a busy machine is steadier than the mean. */
export function medianOf(snapshots: readonly Measurement[]): Measurement {
  const sorted = [...snapshots].sort((one, other) => one.wallMs - other.wallMs);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) throw new Error('nothing was measured');
  return median;
}
