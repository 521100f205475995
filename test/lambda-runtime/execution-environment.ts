import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLeashed } from '../../local/leash.ts';
import { type FunctionSpec, failed, type InvocationResult } from './invocation.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** One process of one function: it takes one event at a time and is frozen in between, as on Lambda. */
export interface ExecutionEnvironment {
  /** Resolves when the code is loaded, well or not. */
  loaded(): Promise<void>;
  invoke(event: unknown): Promise<InvocationResult>;
  /** False once it has crashed, timed out or failed to load: Lambda then takes a new one. */
  isUsable(): boolean;
  stop(): Promise<void>;
}

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.ts', import.meta.url));
/** Lambda's limit for loading the code. */
const INIT_MS = 10_000;

/** @param onLogLine hears what the function writes, as CloudWatch Logs would. */
export async function startExecutionEnvironment(
  spec: FunctionSpec,
  onLogLine: (line: string) => void,
): Promise<ExecutionEnvironment> {
  const api = await startRuntimeApi(spec);
  const child = startLeashed('env', commandOf(spec, api.address), { output: 'pipe' });
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', onLogLine);
  let usable = true;
  const stop = async (): Promise<void> => {
    usable = false;
    await child.signal('KILL');
    await child.exited;
    await api.stop();
  };
  const crash = async (requestId: string): Promise<Ending> => {
    const code = await child.exited;
    const message = `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`;
    return { result: failed('Runtime.ExitError', message), survives: false };
  };
  return {
    isUsable: () => usable,
    loaded: async () => {
      await within(INIT_MS, Promise.race([api.idle(), api.initError]));
    },
    stop,
    invoke: async (event) => {
      const requestId = randomUUID();
      await child.signal('CONT');
      const { result, survives } = await Promise.race([invocation(api, spec, { requestId, event }), crash(requestId)]);
      if (survives) await child.signal('STOP');
      else await stop();
      return result;
    },
  };
}

/** How an invocation ended, and whether its process can take another. */
interface Ending {
  readonly result: InvocationResult;
  readonly survives: boolean;
}

/** Loading, if that is not done yet; the invocation; and the way back to idle. */
async function invocation(
  api: RuntimeApi,
  { timeoutMs }: FunctionSpec,
  { requestId, event }: { readonly requestId: string; readonly event: unknown },
): Promise<Ending> {
  const loaded = await within(INIT_MS, Promise.race([api.idle(), api.initError]));
  if (loaded !== 'idle') return { result: loaded === 'late' ? timedOut(requestId, INIT_MS) : loaded, survives: false };
  const deadlineAtMs = Date.now() + timeoutMs;
  const result = await within(timeoutMs, api.deliver({ requestId, event, deadlineAtMs }));
  if (result === 'late') return { result: timedOut(requestId, timeoutMs), survives: false };
  // Frozen earlier, it would hang in the request that carries its answer.
  await api.idle();
  return { result, survives: true };
}

const timedOut = (requestId: string, ms: number): InvocationResult =>
  failed('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${(ms / 1_000).toFixed(2)} seconds`);

/** Nothing of our own environment reaches the function: only what Lambda and the template give it. */
function commandOf(spec: FunctionSpec, address: string): readonly string[] {
  const environment = {
    ...spec.environment,
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${spec.memoryMb}`,
    LAMBDA_TASK_ROOT: spec.code,
    _HANDLER: spec.handler,
  };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return ['-i', ...variables, process.execPath, `--max-old-space-size=${spec.memoryMb}`, BOOTSTRAP];
}

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | 'late'> {
  const timer = new AbortController();
  const late = delay(ms, 'late' as const, { signal: timer.signal }).catch(() => 'late' as const);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
