import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer, AnswerLog } from '../lambdas/api/answer.ts';
import { BODY_BYTES_MAX } from '../lambdas/api/http/limits.ts';
import type { HttpRequest } from '../lambdas/api/http/request.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';

export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface HttpServing {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What names a request may give this server; null: any, since a token keeps strangers out. */
  readonly names: readonly string[] | null;
  readonly answer: Answer;
  readonly log: AnswerLog;
}

/** Serves `answer`. Throws USAGE_INVALID when host or port can't be used. */
export async function startHttpServer({ host, port, names, answer, log }: HttpServing): Promise<HttpServer> {
  const server = createServer((request, response) => {
    // A page elsewhere could point its own name at this address (DNS rebinding) and read what we say.
    if (names !== null && !names.includes(nameOf(request))) {
      return void response.writeHead(421).end(`ask for ${names[0]}\n`);
    }
    serve(request, response, { answer, log }).catch((error: unknown) => {
      // Who went away in the middle of a request waits for no answer; it must not end the server either.
      if (request.socket.destroyed) return;
      log.error('request failed', { code: 'BUG', error: error instanceof Error ? error : new Error(String(error)) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { connection: 'close' }).end();
    });
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new SluicegateError(
      'USAGE_INVALID',
      `port ${port} on ${host} can't be used (${(cause as Error).message}): choose another with --port, or 0 for any`,
      { cause },
    );
  }
  const address = server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${isLoopback(host) ? 'localhost' : urlHost(host)}:${listening}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Whether only this machine can reach it. */
export const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host);

/** The names of a server that only this machine can reach. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const nameOf = ({ headers }: IncomingMessage): string => (headers.host ?? '').replace(/:\d+$/, '');

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  { answer, log }: Pick<HttpServing, 'answer' | 'log'>,
): Promise<void> {
  const request = await requestOf(incoming);
  if (typeof request === 'number') return void response.writeHead(request, { connection: 'close' }).end();
  await send(response, await answer(request, log), request.method === 'HEAD');
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
