import type { Handler } from '../../lambdas/adapters/lambda/define-handler.ts';
import type { EvaluationOutcome } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { peakMemoryMiB, withCpuMs } from '../scaled/cpu.ts';
import { CLUSTER, slotAt } from '../scaled/scaled-cluster.ts';

/** What one process took to answer its first invocation. */
export interface EvaluatedOnce {
  /** From the process's start until the handler's module was loaded. */
  readonly loadCpuMs: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly samples: number;
  readonly peakMiB: number;
}

const CONTEXT = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 59_000 };

/**
 * A cold start as Lambda makes one: the bundled entry is loaded out of LAMBDA_TASK_ROOT with the function's environment,
 * and invoked with the record of a snapshot that succeeded.
 */
async function evaluateOnce(path: string, minute: number): Promise<EvaluatedOnce> {
  const { handler } = (await import(path)) as { readonly handler: Handler<EvaluationOutcome> };
  const { user, system } = process.cpuUsage();
  const begunMs = performance.now();
  const ended = {
    requestContext: { condition: 'Success' },
    requestPayload: { cluster: CLUSTER, slot: new Date(slotAt(minute)).toISOString() },
  };
  const [{ samples }, cpuMs] = await withCpuMs(() => handler(ended, CONTEXT));
  const wallMs = performance.now() - begunMs;
  return { loadCpuMs: (user + system) / 1_000, cpuMs, wallMs, samples, peakMiB: peakMemoryMiB() };
}

const [path = '', minute] = process.argv.slice(2);
console.log(JSON.stringify(await evaluateOnce(path, Number(minute))));
