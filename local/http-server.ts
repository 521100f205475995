import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { SluicegateError } from '../lambdas/core/errors.ts';

const LOOPBACK = '127.0.0.1';

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
  readonly answer: (request: { readonly method: string; readonly path: string }) => Promise<Response>;
}): Promise<HttpServer> {
  const server = createServer(async (request, response) => {
    // A page elsewhere could point its own name at this address (DNS rebinding) and read what we say.
    if (!isOurs(request.headers.host)) return void response.writeHead(421).end('ask for localhost\n');
    const path = new URL(request.url ?? '/', `http://${LOOPBACK}`).pathname;
    await send(
      response,
      await answer({ method: request.method ?? 'GET', path }).catch(() => new Response('it failed\n', { status: 500 })),
    );
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

async function send(response: ServerResponse, answered: Response): Promise<void> {
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}
