import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What becomes of a request. `refused`: the connection breaks before the store sees it. `answerLost`: the store does the
 * work, and the connection breaks before the answer arrives.
 */
export const STORE_FAULTS = ['throttled', 'internalError', 'refused', 'answerLost'] as const;
export type StoreFault = (typeof STORE_FAULTS)[number];

/** A DynamoDB endpoint between a client and a store, whose requests can be made to fail. */
export interface FaultyDynamoDb {
  readonly endpoint: string;
  /** How many requests came since the start. */
  readonly requests: () => number;
  /** From now on, by the request's number; null: it passes. */
  failWhere(faultOf: (request: number) => StoreFault | null): void;
  stop(): Promise<void>;
}

/** In AWS's JSON protocol, as DynamoDB answers. */
const ERRORS = {
  throttled: { status: 400, type: 'ProvisionedThroughputExceededException' },
  internalError: { status: 500, type: 'InternalServerError' },
} as const;

export async function startFaultyDynamoDb(target: string): Promise<FaultyDynamoDb> {
  let requests = 0;
  let faultOf: (request: number) => StoreFault | null = () => null;
  const server = createServer(async (incoming, outgoing) => {
    requests += 1;
    const fault = faultOf(requests);
    const body = await buffer(incoming);
    if (fault === 'refused') return void incoming.socket.destroy();
    if (fault === 'throttled' || fault === 'internalError') return answerError(outgoing, ERRORS[fault]);
    const answer = await forward(target, incoming, body);
    if (fault === 'answerLost') return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    failWhere: (next) => {
      faultOf = next;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answerError(outgoing: ServerResponse, { status, type }: (typeof ERRORS)[keyof typeof ERRORS]): void {
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  outgoing.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'made to fail' }));
}

async function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const { host: _ours, ...kept } = headers;
  const onward = request(new URL(url ?? '/', target), { method, headers: kept });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) };
}
