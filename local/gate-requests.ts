import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import type { Answer } from '../lambdas/api/answer.ts';
import type { HttpRequest } from '../lambdas/api/http/request.ts';
import { lineResponse } from '../lambdas/api/http/response.ts';

/** A hook of a deployment tool waits for this long. */
const ANSWER_WITHIN_MS = 29_000;

/** Routes under /gate/ go to the gate, as API Gateway sends them there; all others to `answer`. @param gate null: closed */
export const withGate =
  (answer: Answer, gate: Handler<unknown> | null): Answer =>
  async (request, log) => {
    if (!request.path.startsWith('/gate/')) return answer(request, log);
    if (gate === null) return lineResponse(404, 'the routes of the gate need a token: start with --token-file');
    const context = { awsRequestId: 'local-gate', getRemainingTimeInMillis: () => ANSWER_WITHIN_MS };
    try {
      return gateResponse(await gate(gateEvent(request), context));
    } catch (error) {
      log.error('the gate failed', { code: 'BUG', error: error instanceof Error ? error : new Error(String(error)) });
      return lineResponse(500, 'the gate failed');
    }
  };

/** An HTTP API's event, format 2.0, as far as the gate reads it. */
const gateEvent = ({ method, path, query, headers, body }: HttpRequest) => ({
  version: '2.0',
  rawPath: path,
  rawQueryString: query.toString(),
  headers: Object.fromEntries(headers),
  requestContext: { http: { method, path } },
  body,
  isBase64Encoded: false,
});

function gateResponse(answered: unknown): Response {
  const { statusCode, headers, body } = answered as {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  return new Response(body, { status: statusCode, headers });
}
