import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import type { Answer } from './answer.ts';
import { refusal } from './http/refusal.ts';
import type { HttpRequest } from './http/request.ts';

/**
 * What an HTTP API sends in payload format 2.0. Only what we use is named; it may hold credentials and is never logged.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const httpApiEvent = z.object({
  rawPath: z.string(),
  rawQueryString: z.string(),
  cookies: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** What an HTTP API takes as an answer, in the same format. */
export interface HttpApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Lambda takes 6 MB with everything around the body; a larger answer would be a server's error without a word. */
const ANSWER_CHARACTERS_MAX = 5_900_000;

/** A request through API Gateway → its answer. */
export const apiHandler = (answer: Answer): Handler<HttpApiAnswer> =>
  defineHandler(httpApiEvent, async (event, { log }) => {
    const request = requestOf(event);
    const full = await answerOf(await answer(request, log), request.method === 'HEAD');
    if (full.body.length <= ANSWER_CHARACTERS_MAX) return full;
    log.warn('answer too large', { path: request.path, characters: full.body.length });
    const line = full.isBase64Encoded
      ? 'the answer is larger than Lambda can send: ask for less, or name fewer groups in prometheus.partitions'
      : 'the answer is larger than Lambda can send as it is: ask with "accept-encoding: gzip"';
    return answerOf(refusal(request, full.isBase64Encoded ? 413 : 406, line), false);
  });

function requestOf(event: z.output<typeof httpApiEvent>): HttpRequest {
  const { rawPath, rawQueryString, cookies, headers, requestContext, body = '', isBase64Encoded } = event;
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: new URLSearchParams(rawQueryString),
    headers: new Headers({ ...headers, ...(cookies && { cookie: cookies.join('; ') }) }),
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
  };
}

async function answerOf(response: Response, headOnly: boolean): Promise<HttpApiAnswer> {
  const body = headOnly ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
  const cookies = response.headers.getSetCookie();
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'set-cookie'));
  const isBase64Encoded = response.headers.has('content-encoding');
  return {
    statusCode: response.status,
    headers,
    cookies,
    body: body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
