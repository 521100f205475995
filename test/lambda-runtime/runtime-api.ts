import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { FunctionSpec, InvocationError, InvocationResult } from './invocation.ts';

/** Lambda's Runtime API for one execution environment, on a free port. */
export interface RuntimeApi {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Resolves when the runtime asks for its next event: it is idle. */
  idle(): Promise<'idle'>;
  /** Resolves when the runtime says that the handler could not be loaded. */
  readonly initError: Promise<InvocationResult>;
  /** Gives the event to the idle runtime and resolves with its answer. */
  deliver(invocation: Delivery): Promise<InvocationResult>;
  stop(): Promise<void>;
}

export interface Delivery {
  readonly requestId: string;
  readonly event: unknown;
  readonly deadlineAtMs: number;
}

const PREFIX = '/2018-06-01/runtime';

export async function startRuntimeApi({ arn }: FunctionSpec): Promise<RuntimeApi> {
  const initError = Promise.withResolvers<InvocationResult>();
  let poll = Promise.withResolvers<ServerResponse>();
  let answer = Promise.withResolvers<InvocationResult>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.replace(PREFIX, '') ?? '';
    if (path === '/invocation/next') {
      poll.resolve(response);
      return;
    }
    const body: unknown = await json(request);
    // Accepted before it counts: a process that is killed now has done its part.
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path.endsWith('/response')) answer.resolve({ kind: 'succeeded', payload: body });
    const error = { kind: 'failed', payload: body as InvocationError } as const;
    if (path === '/init/error') initError.resolve(error);
    else if (path.endsWith('/error')) answer.resolve(error);
  };

  // A runtime waits for its next event as long as it takes.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 }, (request, response) => {
    handle(request, response).catch((error: Error) => response.destroy(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    idle: async () => {
      await poll.promise;
      return 'idle';
    },
    initError: initError.promise,
    deliver: async ({ requestId, event, deadlineAtMs }) => {
      const runtime = await poll.promise;
      poll = Promise.withResolvers();
      answer = Promise.withResolvers();
      runtime.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': `${deadlineAtMs}`,
        'lambda-runtime-invoked-function-arn': arn,
      });
      runtime.end(JSON.stringify(event));
      return answer.promise;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
