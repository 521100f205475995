import net from 'node:net';
import tls from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

/** What happened on the socket; tells one cause of a failure from another, and what it cost. */
export interface ChannelFacts {
  readonly connected: boolean;
  /** The TLS handshake is done. */
  readonly secured: boolean;
  readonly closed: boolean;
  /** First byte that came over a plain socket; null: none yet, or TLS. */
  readonly firstByte: number | null;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Requests that the transport sent on its own: ApiVersions and SASL. */
  readonly ownRequests: number;
}

/** One socket, opened by kafkajs through its public option `socketFactory`, and what is seen of it. */
export class WatchedSocket implements ChannelFacts {
  connected = false;
  secured = false;
  closed = false;
  firstByte: number | null = null;
  ownRequests = 0;
  #socket: net.Socket | null = null;

  get sentBytes(): number {
    return this.#socket?.bytesWritten ?? 0;
  }

  get receivedBytes(): number {
    return this.#socket?.bytesRead ?? 0;
  }

  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#socket !== null) throw new Error('one channel has one socket');
    // kafkajs passes `false` on for no TLS, whatever its types say.
    const secure = ssl as tls.ConnectionOptions | false | undefined;
    const name = net.isIP(host) === 0 ? { servername: host } : {};
    const socket = secure
      ? tls.connect({ host, port, ...name, ...secure }, onConnect)
      : net.connect({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    // Several small requests go out in a row; without this each waits for the acknowledgement of the one before.
    socket.setNoDelay(true);
    this.#watch(socket, !secure);
    this.#socket = socket;
    return socket;
  };

  destroy(): void {
    this.closed = true;
    // Only an error makes kafkajs reject what is under way.
    this.#socket?.destroy(new Error('given up'));
  }

  #watch(socket: net.Socket, isPlain: boolean): void {
    socket.once('connect', () => {
      this.connected = true;
    });
    socket.once('secureConnect', () => {
      this.secured = true;
    });
    socket.once('close', () => {
      this.closed = true;
    });
    if (!isPlain) return;
    socket.once('data', (bytes: Buffer) => {
      this.firstByte = bytes[0] ?? null;
    });
  }
}
