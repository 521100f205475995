import type { answerJson } from '../../lambdas/gate/answer.ts';
import type { ReleaseDecision } from '../tell/teller.ts';
import type { ReleasedGroup } from './groups.ts';
import { clientIdOf } from './versions.ts';

/** What the gate answers whoever invokes it directly. */
type Answer = ReturnType<typeof answerJson>;

/** A new version that can be brought out and taken back. */
export interface Deployment {
  /** Resolves when its members have joined the group. */
  deploy(): Promise<void>;
  withdraw(): Promise<void>;
}

export interface Pipeline {
  readonly group: ReleasedGroup;
  /** Names this run: asked twice, the gate knows that it is the same release. */
  readonly executionId: string;
  readonly deployment: Deployment;
  /** Invokes the gate with an event, as a script would by the AWS CLI. */
  readonly askGate: (event: object) => Promise<unknown>;
  /** Rejects when the demo ends. */
  readonly wait: (ms: number) => Promise<void>;
  readonly decided: (decision: Omit<ReleaseDecision, 'atMs'>) => void;
}

/** The default half an hour, as many times faster as everything in the demo. */
const DEADLINE = '150s';
/** A pipeline's step is run again when it failed. */
const TRIES = 3;
const TRY_AGAIN_MS = 2_000;

/**
 * One release from its start to its end: the gate marks the offsets, the canary is deployed, the gate is asked until
 * it decides, and a canary that is not promoted is taken away again: then the version in use has all partitions.
 */
export async function runPipeline(pipeline: Pipeline): Promise<void> {
  const { group, executionId, deployment, wait } = pipeline;
  const { releaseId } = await ask(pipeline, {
    action: 'start',
    group,
    executionId,
    pipeline: 'demo',
    strategy: 'canary',
    canary: { client: `^${clientIdOf(group, 2)}` },
    deadline: DEADLINE,
    onInconclusive: 'rollback',
  });
  await deployment.deploy();
  let answer = await ask(pipeline, { action: 'judge', releaseId });
  while (answer.retryAfterSeconds !== undefined) {
    await wait(1_000 * answer.retryAfterSeconds);
    answer = await ask(pipeline, { action: 'judge', releaseId });
  }
  const { decision, reasons } = answer;
  pipeline.decided({ release: releaseId, group, decision, reasons });
  if (decision !== 'PROMOTE') await deployment.withdraw();
}

async function ask({ askGate, wait }: Pipeline, event: object): Promise<Answer> {
  for (let turn = 1; ; turn++) {
    try {
      return (await askGate(event)) as Answer;
    } catch (cause) {
      if (turn === TRIES) throw cause;
      await wait(TRY_AGAIN_MS);
    }
  }
}
