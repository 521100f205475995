import type { ClusterConnection } from '../../core/cluster/connection.ts';
import type { KafkaApi } from './api/kafka-api.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { type BrokerConnection, type ConnectionCost, openBrokerConnection } from './broker-connection.ts';
import { BrokerFailure } from './broker-failure.ts';
import type { Deadline } from './deadline.ts';

/** One answer. A frozen broker costs one of these, and the rest of the snapshot still arrives within 5 s. */
const ANSWER_MS_MAX = 3_500;

/** Load balancers and NAT forget idle connections without a word; after this a new one is cheaper than to find out. */
const IDLE_MS_MAX = 30_000;

interface Entry {
  readonly address: BrokerAddress;
  readonly connection: BrokerConnection;
  readonly ready: Promise<void>;
  /** The reading that opened it. */
  readonly reading: number;
  lastUsedAt: number;
}

/** One connection per broker, opened when first needed and kept for later readings until `close`. */
export class ConnectionPool {
  readonly #settings: ClusterConnection;
  readonly #entries = new Map<string, Entry>();
  /** Brokers that were lost in the present reading: they are not waited for again. */
  readonly #lost = new Map<string, BrokerFailure>();
  #reading = 0;
  #spent: ConnectionCost = { requests: 0, sentBytes: 0, receivedBytes: 0 };

  constructor(settings: ClusterConnection) {
    this.#settings = settings;
  }

  /** A new reading gives every broker another chance. */
  beginReading(): void {
    this.#reading += 1;
    this.#lost.clear();
    const now = performance.now();
    for (const [name, { connection, lastUsedAt }] of this.#entries) {
      if (!connection.isOpen() || now - lastUsedAt > IDLE_MS_MAX) this.#drop(name);
    }
  }

  /** Addresses with a connection. */
  openAddresses(): BrokerAddress[] {
    return [...this.#entries.values()].map(({ address }) => address);
  }

  /**
   * Asks one broker. At most half of the time left goes into one step, so that a silent broker leaves time for the others.
   * Rejects with a `BrokerFailure`; when the broker is lost, every later question of this reading fails alike, at once.
   */
  async ask<Request, Response>(
    address: BrokerAddress,
    { api, request, deadline }: { api: KafkaApi<Request, Response>; request: Request; deadline: Deadline },
  ): Promise<Response> {
    const name = renderAddress(address);
    const lost = this.#lost.get(name);
    if (lost !== undefined) throw lost;
    const entry = this.#entries.get(name) ?? this.#open(address, deadline);
    try {
      return await answer(entry, { api, request, deadline });
    } catch (error) {
      if (!(error instanceof BrokerFailure && error.brokerIsLost)) throw error;
      if (this.#entries.get(name) === entry) this.#drop(name);
      // A connection kept from an earlier reading may have died in between without our noticing.
      const diedUnnoticed = entry.reading !== this.#reading && error.code === 'CONNECTION';
      if (diedUnnoticed) return this.ask(address, { api, request, deadline });
      this.#lost.set(name, error);
      throw error;
    }
  }

  /** All that was sent and received since the pool was made. */
  cost(): ConnectionCost {
    return [...this.#entries.values()].map(({ connection }) => connection.cost()).reduce(sum, this.#spent);
  }

  close(): void {
    for (const name of [...this.#entries.keys()]) this.#drop(name);
  }

  #open(address: BrokerAddress, deadline: Deadline): Entry {
    const { connection, ready } = openBrokerConnection(this.#settings, address);
    const entry = {
      address,
      connection,
      ready: ready(deadline),
      reading: this.#reading,
      lastUsedAt: performance.now(),
    };
    this.#entries.set(renderAddress(address), entry);
    return entry;
  }

  #drop(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    entry.connection.close();
    this.#spent = sum(this.#spent, entry.connection.cost());
  }
}

async function answer<Request, Response>(
  entry: Entry,
  { api, request, deadline }: { api: KafkaApi<Request, Response>; request: Request; deadline: Deadline },
): Promise<Response> {
  await entry.ready;
  entry.lastUsedAt = performance.now();
  return entry.connection.ask(api, request, Math.min(ANSWER_MS_MAX, deadline.remainingMs() / 2));
}

function sum(one: ConnectionCost, other: ConnectionCost): ConnectionCost {
  return {
    requests: one.requests + other.requests,
    sentBytes: one.sentBytes + other.sentBytes,
    receivedBytes: one.receivedBytes + other.receivedBytes,
  };
}
