import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What becomes of a request. `refused`: the connection breaks before the service sees it. `answerLost`: the service does
 * the work, and the connection breaks before the answer arrives. `silent`: nothing ever comes back.
 */
export const SERVICE_FAULTS = ['throttled', 'internalError', 'refused', 'answerLost', 'silent'] as const;
export type ServiceFault = (typeof SERVICE_FAULTS)[number];

/** An endpoint of AWS between a client and a service, whose requests can be made to fail. */
export interface FaultyService {
  readonly endpoint: string;
  /** How many requests came since the start. */
  readonly requests: () => number;
  /** From now on, by the request's number; null: it passes. */
  failWhere(faultOf: (request: number) => ServiceFault | null): void;
  stop(): Promise<void>;
}

interface ErrorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, code: string): ErrorAnswer => ({
  status,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'made to fail' }),
});

const query = (status: number, code: string): ErrorAnswer => ({
  status,
  type: 'text/xml',
  body:
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Receiver</Type>' +
    `<Code>${code}</Code><Message>made to fail</Message></Error><RequestId>made-up</RequestId></ErrorResponse>`,
});

/** As the services answer, each in its protocol of AWS. */
const ERRORS = {
  dynamodb: {
    throttled: json(400, 'ProvisionedThroughputExceededException'),
    internalError: json(500, 'InternalServerError'),
  },
  sns: { throttled: query(429, 'Throttled'), internalError: query(500, 'InternalError') },
} as const;

export async function startFaultyService(service: keyof typeof ERRORS, target: string): Promise<FaultyService> {
  let requests = 0;
  let faultOf: (request: number) => ServiceFault | null = () => null;
  const server = createServer(async (incoming, outgoing) => {
    requests += 1;
    const fault = faultOf(requests);
    const body = await buffer(incoming);
    if (fault === 'silent') return;
    if (fault === 'refused') return void incoming.socket.destroy();
    if (fault === 'throttled' || fault === 'internalError') return answerError(outgoing, ERRORS[service][fault]);
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

function answerError(outgoing: ServerResponse, { status, type, body }: ErrorAnswer): void {
  outgoing.writeHead(status, { 'content-type': type });
  outgoing.end(body);
}

async function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const { host: _ours, ...kept } = headers;
  const onward = request(new URL(url ?? '/', target), { method, headers: kept });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) };
}
