import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import type { ClusterConnection } from '../../core/cluster/connection.ts';
import type { ServedVersions } from './api/kafka-api.ts';
import type { BrokerAddress } from './broker-address.ts';
import { loginWith } from './login.ts';
import { tlsOptions } from './tls-options.ts';
import { type ChannelFacts, WatchedSocket } from './watched-socket.ts';

/**
 * The only file that touches what kafkajs keeps private, and why it does:
 *
 * kafkajs brings what is tedious and proven (framing, correlation, SASL exchanges, TLS), but its public Admin asks
 * one group per request, fails as a whole when a single partition has no leader, and knows no group types. So the symbol
 * property `private:Kafka:createCluster` is used to get at its pool of connections, one pool per broker that our own
 * Metadata answer names, and frames go over it that our own codecs made. None of this is public: the version is pinned
 * exactly, and the tests on real brokers stand guard.
 *
 * One channel is one socket. kafkajs would reconnect by itself; here a lost socket stays lost, so that the
 * deadline of a reading stays in one hand.
 */
export interface Channel {
  /** By API key, as this broker's ApiVersions answer has them; null until it came. */
  versions(): Readonly<Record<number, ServedVersions>> | null;
  /** Gets ready what logging in takes from elsewhere. */
  prepare(): Promise<void>;
  /** Connects, asks ApiVersions, authenticates. */
  open(): Promise<void>;
  /** Sends one flexible request; resolves to what follows the response header's correlation id. */
  send(request: { key: number; version: number; name: string; body: Buffer }): Promise<Buffer>;
  /** Ends the socket at once; whatever is under way rejects. */
  destroy(): void;
  readonly facts: ChannelFacts;
}

/** The shape of what is private, as of kafkajs 2.2.4. */
interface PrivateCluster {
  readonly connectionPoolBuilder: { build(address: BrokerAddress): Promise<PrivatePool> };
  readonly brokerPool: { createBroker(options: { connectionPool: PrivatePool; logger: unknown }): PrivateBroker };
  readonly rootLogger: unknown;
}
interface PrivatePool {
  readonly pool: readonly { readonly requestQueue: PrivateRequestQueue }[];
  send(request: PrivateRequest): Promise<{ payload: Buffer }>;
}
interface PrivateRequestQueue {
  scheduleCheckPendingRequests(): void;
  maybeThrottle(): void;
}
interface PrivateBroker {
  versions: Record<number, ServedVersions> | null;
  connect(): Promise<void>;
}
interface PrivateRequest {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    encode(): Promise<{ buffer: Buffer; buf: Buffer; size(): number }>;
  };
  readonly response: {
    decode(payload: Buffer): Promise<{ payload: Buffer }>;
    parse(decoded: { payload: Buffer }): Promise<{ payload: Buffer }>;
  };
  readonly logResponseError: false;
}
type CreateCluster = (options: {
  allowAutoTopicCreation: false;
  instrumentationEmitter: { emit(event: string, payload: unknown): void };
}) => PrivateCluster;

const CLIENT_ID = 'sluicegate';

/** Far beyond any deadline of ours, which end the socket themselves. */
const NEVER_MS = 3_600_000;

/** A channel that is not connected yet. */
export function kafkajsChannel(connection: ClusterConnection, address: BrokerAddress): Channel {
  const socket = new WatchedSocket();
  const login = loginWith(connection.authentication);
  const cluster = privateCluster(
    {
      clientId: CLIENT_ID,
      brokers: [`${address.host}:${address.port}`],
      ssl: connection.tls === null ? false : tlsOptions(connection.tls),
      sasl: login.sasl,
      connectionTimeout: NEVER_MS,
      authenticationTimeout: NEVER_MS,
      requestTimeout: NEVER_MS,
      // Its check is an interval timer that would outlive the reading.
      enforceRequestTimeout: false,
      socketFactory: socket.factory,
      logLevel: logLevel.NOTHING,
      logCreator: () => () => {},
    },
    () => {
      socket.ownRequests += 1;
    },
  );
  let pool: PrivatePool | null = null;
  let broker: PrivateBroker | null = null;
  return {
    facts: socket,
    versions: () => broker?.versions ?? null,
    destroy: () => socket.destroy(),
    prepare: () => login.prepare(),
    async open() {
      pool = await cluster.connectionPoolBuilder.build(address);
      for (const { requestQueue } of pool.pool) sendAtOnce(requestQueue);
      broker = cluster.brokerPool.createBroker({ connectionPool: pool, logger: cluster.rootLogger });
      await broker.connect();
    },
    async send(request) {
      if (pool === null || socket.closed) throw new Error('the connection is closed');
      const { payload } = await pool.send(privateRequest(request));
      return payload;
    },
  };
}

/**
 * Nothing ever waits in kafkajs's queue. Its check of it is a timer after every answer, of which Node 24 warns because
 * the delay is negative; and a broker that throttles us mutes the connection on its side (KIP-219).
 */
function sendAtOnce(requestQueue: PrivateRequestQueue): void {
  requestQueue.scheduleCheckPendingRequests = () => {};
  requestQueue.maybeThrottle = () => {};
}

function privateCluster(config: KafkaConfig, onOwnRequest: () => void): PrivateCluster {
  const kafka = new Kafka(config);
  const symbol = Object.getOwnPropertySymbols(kafka).find((key) => key.description === 'private:Kafka:createCluster');
  if (symbol === undefined) throw new Error('invariant: this kafkajs is not 2.2.4');
  const createCluster = Reflect.get(kafka, symbol) as CreateCluster;
  return createCluster({
    allowAutoTopicCreation: false,
    instrumentationEmitter: {
      emit(_event, payload) {
        if (isOwnRequest(payload)) onOwnRequest();
      },
    },
  });
}

const OWN_API_KEYS: ReadonlySet<unknown> = new Set([18, 17, 36]); // ApiVersions, SaslHandshake, SaslAuthenticate

function isOwnRequest(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'apiKey' in payload && OWN_API_KEYS.has(payload.apiKey);
}

/** kafkajs always writes request header v1, so the tags of header v2 are the first byte of the body. */
function privateRequest({
  key,
  version,
  name,
  body,
}: {
  key: number;
  version: number;
  name: string;
  body: Buffer;
}): PrivateRequest {
  const buffer = Buffer.concat([Buffer.of(0), body]);
  return {
    request: {
      apiKey: key,
      apiVersion: version,
      apiName: name,
      encode: async () => ({ buffer, buf: buffer, size: () => buffer.length }),
    },
    response: {
      // The payload is wrapped: kafkajs looks for `clientSideThrottleTime` in what is decoded here.
      decode: async (payload) => ({ payload }),
      parse: async (decoded) => decoded,
    },
    logResponseError: false,
  };
}
