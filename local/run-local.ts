import { setTimeout as sleep } from 'node:timers/promises';
import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import type { Config } from '../lambdas/config/config.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import type { ClusterReader } from '../lambdas/core/ports/cluster-reader.ts';
import type { GroupVerdict } from '../lambdas/core/status/verdict.ts';
import { invokeSlot } from './invoke.ts';
import { startScheduler } from './scheduler.ts';
import { type Serving, serveAnswers } from './serve-answers.ts';
import { openService } from './service.ts';
import { countingTeller } from './tell/counting-teller.ts';
import type { Teller } from './tell/teller.ts';
import { slotTeller } from './watch.ts';

export interface LocalRun {
  readonly config: Config;
  readonly cluster: ClusterConfig;
  readonly reader: ClusterReader;
  /** One sentence about what is watched, for the reader of the terminal. */
  readonly sentence: string;
  /** Starts what makes the cluster busy, if anything; called once the service watches. */
  readonly startWorkload: ((around: WorkloadSurroundings) => Promise<{ stop(): Promise<void> }>) | null;
  readonly serving: Serving;
  /** Null: until the signal. */
  readonly forMs: number | null;
  readonly signal: AbortSignal;
  readonly teller: Teller;
  readonly clock: Clock;
}

/** What a workload may use of the service that watches it. */
export interface WorkloadSurroundings {
  readonly teller: Teller;
  /** By direct invoke. */
  readonly gate: Handler<unknown>;
}

/** A slot of the laptop may take this long, as a function's timeout on AWS. */
const SLOT_TIMEOUT_MS = 59_000;

/** Runs the whole service over one cluster until its time is over or the signal comes, then tells the summary. */
export async function runLocal(run: LocalRun): Promise<void> {
  const { config, cluster, reader, clock } = run;
  await using stack = new AsyncDisposableStack();
  const teller = countingTeller(run.teller);
  const { access } = run.serving;
  const service = await openService({
    config,
    reader,
    clock,
    tellNotice: (notice) => teller.notice(notice),
    gateToken: access.kind === 'token' ? access.readToken : null,
  });
  stack.defer(() => service.stop());
  const { evaluations } = service;
  const sources = { ...service.answers, config: { ...config, clusters: [cluster] } };
  const server = await serveAnswers(run.serving, { sources, gate: service.gate, teller });
  stack.defer(() => server.stop());
  const startedAtMs = clock.nowMs();
  teller.ready({ atMs: startedAtMs, url: server.url, brokers: cluster.brokers, sentence: run.sentence });
  const slots = slotTeller({ cluster: cluster.name, evaluations, teller, clock });
  const scheduler = startScheduler({
    intervalMs: cluster.sampleIntervalMs,
    clock,
    run: async (slotMs) =>
      slots.tell(await invokeSlot(service, { cluster: cluster.name, slotMs, timeoutMs: SLOT_TIMEOUT_MS })),
  });
  stack.defer(() => scheduler.stop());
  const workload = await run.startWorkload?.({ teller, gate: service.gate });
  if (workload) stack.defer(() => workload.stop());
  await endOf(run);
  await stack.disposeAsync();
  const atMs = clock.nowMs();
  const { newest: groups, ...counts } = slots.counts();
  teller.summary({ atMs, ranMs: atMs - startedAtMs, ...counts, ...teller.counts(), groups: groups.map(statusOnly) });
}

/** Resolves when the run's time is over, or when it is asked to stop. */
async function endOf({ forMs, signal }: LocalRun): Promise<void> {
  const longest = 2 ** 31 - 1;
  await sleep(forMs ?? longest, undefined, { signal }).catch(() => undefined);
}

const statusOnly = ({ group, status, kind }: GroupVerdict) => ({ group, status, kind });
