import * as z from 'zod';
import { answerJson } from '../answer.ts';
import type { Gate, StartWish } from '../gate.ts';
import { parsed, type Requests } from '../request.ts';
import { type GateRequest, type GateResponse, jsonResponse } from './http-request.ts';

/** What Flagger's webhooks send: https://docs.flagger.app/usage/webhooks. Values of `metadata` are texts. */
const webhook = z.object({
  name: z.string(),
  namespace: z.string(),
  phase: z.string(),
  checksum: z.string(),
  metadata: z.record(z.string(), z.string()),
});

const withToken = z.object({ metadata: z.object({ token: z.string() }) });

/** Flagger sends no headers of its own: its token stands in the body. Null: there is none. */
export const flaggerToken = (body: unknown): string | null => {
  const read = withToken.safeParse(body);
  return read.success ? read.data.metadata.token : null;
};

interface FlaggerParts {
  readonly gate: Gate;
  readonly requests: Requests;
  readonly warn: (message: string, error: unknown) => void;
}

/** Whether the answer to a hook is yes: a status up to 202 says yes to Flagger, and any other no. */
type Hook = (
  gate: Gate,
  wish: StartWish,
  phase: string,
) => Promise<{ readonly isYes: boolean; readonly answer: object }>;

const judged =
  (...yes: readonly string[]): Hook =>
  async (gate, { cluster, group, executionId }) => {
    const answer = await gate.judge({ cluster, group, executionId });
    return { isYes: yes.includes(answer.decision), answer: answerJson(answer) };
  };

const HOOKS: Readonly<Record<string, Hook>> = {
  /** confirm-rollout, pre-rollout: the release begins, with a marker of its own. */
  '/gate/preflight': async (gate, wish) => ({ isYes: true, answer: answerJson(await gate.start(wish)) }),
  /** rollout: asked at each iteration. */
  '/gate/check': judged('CONTINUE', 'PROMOTE'),
  /** confirm-promotion: asked until it is yes. */
  '/gate/promote': judged('PROMOTE'),
  /** rollback: yes is an order to roll back. */
  '/gate/rollback': judged('ROLLBACK'),
  /** event, post-rollout: only told. Flagger may end a canary for reasons of its own, and the next one needs the group. */
  '/gate/event': async (gate, { cluster, group, executionId }, phase) => {
    if (OVER.includes(phase)) await gate.finish({ cluster, group, executionId });
    return { isYes: true, answer: {} };
  },
};

const OVER = ['Succeeded', 'Failed'];

export const FLAGGER_ROUTES: ReadonlySet<string> = new Set(Object.keys(HOOKS));

/** A no is 403: Flagger asks again at once after a server's error, and would count both. */
const NO = 403;

/** Everything that is not a clear yes is a no, a failure of ours too. */
export async function answerFlagger(parts: FlaggerParts, { path, body }: GateRequest): Promise<GateResponse> {
  const hook = HOOKS[path];
  try {
    if (hook === undefined) throw new Error(`invariant: ${path} is no hook`);
    const { isYes, answer } = await hook(parts.gate, wishIn(parts.requests, body), parsed(webhook, body).phase);
    return jsonResponse(isYes ? 200 : NO, answer);
  } catch (error) {
    parts.warn('a hook of Flagger could not be answered', error);
    return jsonResponse(NO, { error: error instanceof Error ? error.message : String(error) });
  }
}

function wishIn(requests: Requests, body: unknown): StartWish {
  const { name, namespace, checksum, metadata } = parsed(webhook, body);
  const { token: _token, client, instance, host, ...said } = metadata;
  const service = `${namespace}/${name}`;
  const { pipeline, ...wish } = requests.start({
    strategy: 'blue-green',
    canary: { client, instance, host },
    ...said,
    executionId: `${service}/${checksum}`,
  });
  // The same release, however often the canary is analysed: a hook that comes late must not begin a new try.
  const askedBy = { caller: 'flagger', name: pipeline ?? service };
  return { ...wish, askedBy, requestId: wish.executionId, isRollback: false };
}
