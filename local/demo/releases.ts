import { setTimeout as delay } from 'node:timers/promises';
import type { Handler } from '../../lambdas/adapters/lambda/define-handler.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import { messageOf } from '../invoke.ts';
import type { Teller } from '../tell/teller.ts';
import { RELEASED_GROUPS, type ReleasedGroup } from './groups.ts';
import { type Deployment, type Pipeline, runPipeline } from './pipeline.ts';
import { type DemoProgram, startProgram } from './program.ts';

/** Seconds after the story's begin: by then the gate has seen a minute of each group, which is its baseline. */
const AT_S: Readonly<Record<ReleasedGroup, number>> = { 'payments-good': 62, 'payments-bad': 67 };

const SENTENCES: Readonly<Record<ReleasedGroup, string>> = {
  'payments-good': 'a canary of version 2 is deployed, which is as good as version 1',
  'payments-bad': 'a canary of version 2 is deployed, which has a third of the speed and hangs on one partition',
};

/** As long as a function of the gate's timeout may take on AWS. */
const GATE_TIMEOUT_MS = 30_000;

/**
 * Brings out a new version of each group once, each through a pipeline that asks the gate. What was promoted stays
 * until the demo ends.
 */
export function playReleases({
  gate,
  brokers,
  clock,
  teller,
}: {
  readonly gate: Handler<unknown>;
  readonly brokers: readonly string[];
  readonly clock: Clock;
  readonly teller: Teller;
}): { stop(): Promise<void> } {
  const over = new AbortController();
  const { signal } = over;
  const wait = (ms: number) => delay(ms, undefined, { signal });
  const trouble = (sentence: string) => teller.trouble({ atMs: clock.nowMs(), sentence });
  const askGate = (event: object) =>
    gate(event, { awsRequestId: 'local-gate', getRemainingTimeInMillis: () => GATE_TIMEOUT_MS });
  const decided: Pipeline['decided'] = (decision) => teller.decision({ atMs: clock.nowMs(), ...decision });
  const canaries = RELEASED_GROUPS.map((group) => {
    const tell = (fault: string, sentence: string) => teller.fault({ atMs: clock.nowMs(), group, fault, sentence });
    return { group, canary: canaryOf(group, { brokers, signal, tell, trouble }) };
  });
  const playing = canaries.map(async ({ group, canary }) => {
    try {
      await wait(1_000 * AT_S[group]);
      const executionId = `demo-${clock.nowMs()}`;
      await runPipeline({ group, executionId, deployment: canary, askGate, wait, decided });
    } catch (error) {
      if (!signal.aborted) trouble(`the demo's release of ${group} broke off: ${messageOf(error)}`);
    }
  });
  return {
    stop: async () => {
      over.abort();
      await Promise.all(canaries.map(({ canary }) => canary.kill()));
      await Promise.all(playing);
    },
  };
}

interface Surroundings {
  readonly brokers: readonly string[];
  /** Aborted: nothing is deployed any more. */
  readonly signal: AbortSignal;
  readonly tell: (fault: string, sentence: string) => void;
  readonly trouble: (sentence: string) => void;
}

function canaryOf(
  group: ReleasedGroup,
  { brokers, signal, tell, trouble }: Surroundings,
): Deployment & { kill(): Promise<void> } {
  let program: DemoProgram | null = null;
  return {
    deploy: async () => {
      signal.throwIfAborted();
      program = startProgram('canary', [group, ...brokers], { told: () => undefined, failed: trouble });
      tell('deployed', SENTENCES[group]);
      await program.ready;
    },
    withdraw: async () => {
      await program?.stop();
      tell('withdrawn', 'the canary is taken away: version 1 has all partitions again');
    },
    kill: async () => program?.kill(),
  };
}
