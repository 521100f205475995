import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import dynalite from 'dynalite';
import type { StoreServer } from './store-server.ts';

/**
 * Starts dynalite in this process, in memory, on a free port of 127.0.0.1: all that the laptop needs of DynamoDB,
 * without Java. It knows no transactions and no UpdateTimeToLive.
 */
export async function startDynalite(): Promise<StoreServer> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      const closed = promisify(server.close.bind(server))();
      // An AWS client keeps its connections open, and would keep the server.
      server.closeAllConnections();
      await closed;
    },
  };
}
