import * as z from 'zod';
import type { JobAnswer } from '../../adapters/codepipeline/pipeline-jobs.ts';
import { SluicegateError } from '../../core/errors.ts';
import { type GateAnswer, reasonsText } from '../answer.ts';

/** What travels from one call of an action to the next. State lives in the ledger; this outlasts a ledger that fails. */
export interface PatienceToken {
  readonly startedAtMs: number;
  /** Since when every call failed for a reason of ours; null: the last one did not. */
  readonly failingSinceMs: number | null;
}

const tokenJson = z.object({ v: z.literal(1), t0: z.number(), failing: z.number().optional() });

/** CodePipeline's limits on texts are wider; nobody reads more. */
const TEXT_CHARACTERS_MAX = 1_000;

/** The token of the call before; one that we did not write, or none, begins anew. */
export function patienceToken(text: string | undefined, nowMs: number): PatienceToken {
  const read = tokenJson.safeParse(jsonOrNull(text));
  if (!read.success) return { startedAtMs: nowMs, failingSinceMs: null };
  return { startedAtMs: read.data.t0, failingSinceMs: read.data.failing ?? null };
}

function jsonOrNull(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

const tokenText = (release: string | undefined, { startedAtMs, failingSinceMs }: PatienceToken): string =>
  JSON.stringify({ v: 1, release, t0: startedAtMs, failing: failingSinceMs ?? undefined });

/** `start` and `finish` are done once they are in the ledger. */
export const recordedJob = (jobId: string, { releaseId, attempt }: GateAnswer): JobAnswer => ({
  call: 'PutJobSuccessResult',
  input: {
    jobId,
    executionDetails: { summary: `release ${releaseId}, attempt ${attempt}`, externalExecutionId: releaseId },
    outputVariables: { releaseId },
  },
});

/** A judgement in CodePipeline's words. It can't wait for a human: what is still open then fails the action. */
export function judgedJob(jobId: string, answer: GateAnswer, { startedAtMs }: PatienceToken): JobAnswer {
  const { releaseId, decision, reasons, elapsedRatio } = answer;
  const summary = cut(`${decision}: ${reasonsText(reasons) || 'no sample since the start yet'}`);
  if (decision === 'PROMOTE') return succeededJob(jobId, { releaseId, decision, summary });
  if (decision === 'CONTINUE') {
    const percentComplete = Math.floor(100 * elapsedRatio);
    return {
      call: 'PutJobSuccessResult',
      input: {
        jobId,
        continuationToken: tokenText(releaseId, { startedAtMs, failingSinceMs: null }),
        executionDetails: { summary, externalExecutionId: releaseId, percentComplete },
      },
    };
  }
  return {
    call: 'PutJobFailureResult',
    input: { jobId, failureDetails: { type: 'JobFailed', message: summary, externalExecutionId: releaseId } },
  };
}

export const succeededJob = (
  jobId: string,
  {
    releaseId,
    decision,
    summary,
  }: { readonly releaseId?: string; readonly decision: string; readonly summary: string },
): JobAnswer => ({
  call: 'PutJobSuccessResult',
  input: {
    jobId,
    executionDetails: { summary: cut(summary), externalExecutionId: releaseId, percentComplete: 100 },
    outputVariables: { decision, reason: cut(summary), ...(releaseId === undefined ? {} : { releaseId }) },
  },
});

/** Nothing is decided: the same is asked again. */
export const postponedJob = (jobId: string, token: PatienceToken, nowMs: number): JobAnswer => ({
  call: 'PutJobSuccessResult',
  input: {
    jobId,
    continuationToken: tokenText(undefined, { ...token, failingSinceMs: token.failingSinceMs ?? nowMs }),
    executionDetails: { summary: 'the gate could not be asked; it is asked again' },
  },
});

const TYPE_OF: Readonly<Record<string, 'ConfigurationError' | 'JobFailed'>> = {
  EVENT_INVALID: 'ConfigurationError',
  RELEASE_UNKNOWN: 'ConfigurationError',
  RELEASE_REFUSED: 'JobFailed',
};

/** Whether it is no failure of ours: the same call would fail again. */
export const isTheirs = (error: unknown): boolean => error instanceof SluicegateError && error.code in TYPE_OF;

/** The action fails, and says for whose reason. */
export function failedJob(jobId: string, error: unknown): JobAnswer {
  const type = (error instanceof SluicegateError ? TYPE_OF[error.code] : undefined) ?? 'SystemUnavailable';
  const message = cut(error instanceof Error ? error.message : String(error));
  return { call: 'PutJobFailureResult', input: { jobId, failureDetails: { type, message } } };
}

const cut = (text: string): string =>
  text.length <= TEXT_CHARACTERS_MAX ? text : `${text.slice(0, TEXT_CHARACTERS_MAX - 1)}…`;
