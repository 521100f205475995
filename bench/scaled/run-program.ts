import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A large cluster's memory, with the recorded days beside it. Nothing that is measured depends on it. */
const HEAP_MIB = 6_000;

export interface ProgramOptions {
  /** Null: Node's own choice. */
  readonly heapMiB?: number | null;
  readonly oneCore?: boolean;
  /** Beside our own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one of our programs in a process of its own; its last line is JSON. What it says on stderr is passed on. */
export async function runProgram<T>(
  args: readonly string[],
  { heapMiB = HEAP_MIB, oneCore = false, env = {} }: ProgramOptions = {},
): Promise<T> {
  const node = [process.execPath, ...(heapMiB === null ? [] : [`--max-old-space-size=${heapMiB}`]), ...args];
  const [program = '', ...rest] = oneCore ? ['taskset', '-c', '0', ...node] : node;
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`${args[0]}: exit code ${code}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}
