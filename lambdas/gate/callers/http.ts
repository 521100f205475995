import { isSame } from '../../adapters/secrets/access-token.ts';
import type { Gate } from '../gate.ts';
import type { Requests } from '../request.ts';
import { answerArgo } from './argo.ts';
import type { Caller } from './caller.ts';
import { answerFlagger, FLAGGER_ROUTES, flaggerToken } from './flagger.ts';
import { type GateRequest, type GateResponse, jsonResponse, readHttpEvent } from './http-request.ts';

export interface HttpParts {
  readonly gate: Gate;
  readonly requests: Requests;
  /** The one token that opens these routes. Rejects with SECRET_UNREADABLE. */
  readonly readToken: () => Promise<string>;
  readonly warn: (message: string, error: unknown) => void;
}

const ARGO_ROUTE = '/gate/argo';

/**
 * Flagger and Argo Rollouts, over the HTTP API. No path but these answers 200: Flagger's rollback hook takes any 200 for
 * an order to roll back.
 */
export const httpCaller = (parts: HttpParts): Caller => ({
  name: 'http',
  isMine: (event) => readHttpEvent(event) !== null,
  async answer(event): Promise<GateResponse> {
    const request = readHttpEvent(event);
    if (request === null) throw new Error('invariant: only events of an HTTP API come here');
    const isArgo = request.path === ARGO_ROUTE;
    const isFlagger = FLAGGER_ROUTES.has(request.path);
    if (!isArgo && !isFlagger) return jsonResponse(404, { error: 'no such path of the gate' });
    if (isFlagger && request.method !== 'POST') return jsonResponse(405, { error: 'this path takes POST' });
    const refusal = await refusedEntry(parts, request, isFlagger ? flaggerToken(request.body) : request.bearer);
    if (refusal !== null) return refusal;
    return isArgo ? answerArgo(parts, request) : answerFlagger(parts, request);
  },
});

/** Null: the token is right. */
async function refusedEntry(
  { readToken, warn }: HttpParts,
  { bearer }: GateRequest,
  token: string | null,
): Promise<GateResponse | null> {
  const given = token ?? bearer;
  try {
    const expected = await readToken();
    return given !== null && isSame(given, expected)
      ? null
      : jsonResponse(401, { error: 'the token is missing or wrong' });
  } catch (error) {
    warn('the token of the gate could not be read', error);
    // A server's error would have some callers ask at once again, and 401 would send people looking for a typo.
    return jsonResponse(403, { error: 'the gate cannot check tokens at the moment' });
  }
}
