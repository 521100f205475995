import { SluicegateError } from '../../core/errors.ts';
import { answerJson } from '../answer.ts';
import type { Gate } from '../gate.ts';
import type { Requests } from '../request.ts';
import { hasKey } from './caller.ts';
import { isTheirs } from './codepipeline-answer.ts';
import { beginAndJudge } from './follow-release.ts';
import { type GateRequest, type GateResponse, jsonResponse } from './http-request.ts';

interface ArgoParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly warn: (message: string, error: unknown) => void;
}

/**
 * A measurement of Argo Rollouts' web metric: the answer as JSON, which its conditions read. The first one begins the
 * release. Any status but 2xx is an error to Argo and no failure: it measures again.
 * https://argo-rollouts.readthedocs.io/en/stable/analysis/web/
 */
export async function answerArgo(
  { gate, requests, warn }: ArgoParts,
  { method, body }: GateRequest,
): Promise<GateResponse> {
  if (method !== 'POST') return jsonResponse(405, { error: 'send a POST with a jsonBody' });
  try {
    const { pipeline, ...wish } = requests.start(renamed(body));
    const askedBy = { caller: 'argo', name: pipeline };
    return jsonResponse(
      200,
      answerJson(await beginAndJudge(gate, { ...wish, askedBy, requestId: null, isRollback: false })),
    );
  } catch (error) {
    warn('a measurement of Argo Rollouts could not be answered', error);
    return jsonResponse(statusOf(error), { error: error instanceof Error ? error.message : String(error) });
  }
}

/** The hash of the new pods names the rollout's revision: it is the execution, where no other is given. */
function renamed(body: unknown): unknown {
  if (!hasKey(body, 'canaryHash') || hasKey(body, 'executionId')) return body;
  const { canaryHash, ...said } = body as { readonly canaryHash: unknown };
  return { ...said, executionId: canaryHash };
}

function statusOf(error: unknown): number {
  if (!isTheirs(error)) return 503;
  return error instanceof SluicegateError && error.code === 'EVENT_INVALID' ? 400 : 409;
}
