import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/**
 * What happens between a client and a broker. `silent`: connections stand, and nothing gets through. `slow`: each piece
 * of an answer waits so long. `silentAfter`: once a request of that kind (its API key) was sent, nothing more comes. `cutAfter`: so many bytes of each connection's answers get through, then it ends, in order
 * or with a reset.
 */
export type NetworkFault =
  | { readonly kind: 'silent' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'silentAfter'; readonly apiKey: number }
  | { readonly kind: 'cutAfter'; readonly bytes: number; readonly how: 'end' | 'reset' };

/** A stretch of network before one port. */
export interface FaultyNetwork {
  readonly port: number;
  /** For what is sent from now on, on standing connections too. Null: all is well. */
  fail(fault: NetworkFault | null): void;
  /** How many pieces of answers silence has swallowed so far. */
  swallowed(): number;
  stop(): Promise<void>;
}

/** A TCP proxy before a port of this machine. */
export async function startFaultyNetwork(targetPort: number): Promise<FaultyNetwork> {
  let fault: NetworkFault | null = null;
  let swallowed = 0;
  const onSwallowed = (): void => {
    swallowed += 1;
  };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(targetPort, '127.0.0.1');
    for (const socket of [client, broker]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => {});
    }
    client.on('close', () => broker.destroy());
    broker.on('close', () => client.destroy());
    const asked = requestsSeen(client);
    client.pipe(broker);
    broker.pipe(answersUnder(() => fault, { client, asked, onSwallowed })).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fail: (next) => {
      fault = next;
    },
    swallowed: () => swallowed,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** The API keys of what a client has asked so far: each request is its length, its API key, and the rest. */
function requestsSeen(client: Socket): ReadonlySet<number> {
  const seen = new Set<number>();
  let rest: Buffer = Buffer.alloc(0);
  client.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 6 && rest.length >= 4 + rest.readInt32BE(0)) {
      seen.add(rest.readInt16BE(4));
      rest = rest.subarray(4 + rest.readInt32BE(0));
    }
  });
  return seen;
}

function answersUnder(
  faultNow: () => NetworkFault | null,
  { client, asked, onSwallowed }: { client: Socket; asked: ReadonlySet<number>; onSwallowed: () => void },
): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const fault = faultNow();
      if (fault?.kind === 'silent' || (fault?.kind === 'silentAfter' && asked.has(fault.apiKey))) {
        onSwallowed();
        return done();
      }
      if (fault?.kind === 'slow') return void setTimeout(done, fault.delayMs, null, chunk);
      const left = fault?.kind === 'cutAfter' ? fault.bytes - passed : chunk.length;
      passed += chunk.length;
      if (fault?.kind !== 'cutAfter' || chunk.length <= left) return done(null, chunk);
      if (fault.how === 'reset') client.resetAndDestroy();
      else client.end(chunk.subarray(0, Math.max(0, left)));
      done();
    },
  });
}
