import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer } from '../lambdas/api/answer.ts';
import type { HttpRequest } from '../lambdas/api/http/request.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';

const LOOPBACK = '127.0.0.1';
/** A login form is all that is ever sent here. */
const BODY_BYTES_MAX = 8_192;

export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves `answer` on this machine alone. Port 0 takes any free one. Throws USAGE_INVALID when the port is taken. */
export async function startHttpServer({
  port,
  answer,
}: {
  readonly port: number;
  readonly answer: Answer;
}): Promise<HttpServer> {
  const server = createServer((request, response) => {
    // A page elsewhere could point its own name at this address (DNS rebinding) and read what we say.
    if (!isOurs(request.headers.host)) return void response.writeHead(421).end('ask for localhost\n');
    void serve(request, response, answer);
  });
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new SluicegateError(
      'USAGE_INVALID',
      `port ${port} on ${LOOPBACK} can't be used (${(cause as Error).message}): choose another with --port, or 0 for any`,
      { cause },
    );
  }
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://localhost:${listening}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const isOurs = (host: string | undefined): boolean => /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host ?? '');

async function serve(incoming: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const request = await requestOf(incoming);
  if (typeof request === 'number') return void response.writeHead(request).end();
  await send(
    response,
    await answer(request).catch(() => new Response('it failed\n', { status: 500 })),
    request.method === 'HEAD',
  );
}

/** As API Gateway would hand it over: the path decoded, the query not. A number: the status of a refusal. */
async function requestOf(incoming: IncomingMessage): Promise<HttpRequest | number> {
  const [rawPath = '', ...rest] = (incoming.url ?? '').split('?');
  const path = decoded(rawPath);
  if (path === null || !path.startsWith('/')) return 400;
  const body = await bodyOf(incoming);
  if (body === null) return 413;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, [value].flat().join(', '));
  return { method: incoming.method ?? 'GET', path, query: new URLSearchParams(rest.join('?')), headers, body };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (_malformed) {
    return null;
  }
}

/** Null: it is too large. */
async function bodyOf(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function send(response: ServerResponse, answered: Response, headOnly: boolean): Promise<void> {
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(headOnly ? undefined : body);
}
