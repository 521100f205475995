import * as z from 'zod';

/** HTTP API, payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const event = z.object({
  requestContext: z.object({ http: z.object({ method: z.string(), path: z.string() }) }),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});

export interface GateRequest {
  readonly method: string;
  readonly path: string;
  /** The bearer token; null without one. */
  readonly bearer: string | null;
  /** The body as JSON; null where it is none. */
  readonly body: unknown;
}

export interface GateResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Null: not an event of an HTTP API. */
export function readHttpEvent(input: unknown): GateRequest | null {
  const read = event.safeParse(input);
  if (!read.success) return null;
  const { requestContext, headers, body = '', isBase64Encoded } = read.data;
  const { method, path } = requestContext.http;
  const [, bearer = null] = /^Bearer +(\S+)$/i.exec(headerOf(headers, 'authorization')) ?? [];
  return { method, path, bearer, body: jsonOrNull(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) };
}

/** HTTP API sends names in small letters; who calls the function otherwise may not. */
function headerOf(headers: Readonly<Record<string, string>>, wanted: string): string {
  const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return value.trim();
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const jsonResponse = (statusCode: number, body: object): GateResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
