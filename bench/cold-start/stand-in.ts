import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What functions call beside DynamoDB: a Secrets Manager that knows one text, and a webhook that takes everything. */
export interface StandIn {
  readonly endpoint: string;
  stop(): void;
}

/** @param secret what it holds, made with its address: the webhook is here too */
export async function startStandIn(secret: (endpoint: string) => string): Promise<StandIn> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify({ SecretString: secret(endpoint()) })));
  });
  const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: endpoint(),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
