import type { ClusterConnection } from '../../core/cluster/connection.ts';
import { SluicegateError } from '../../core/errors.ts';
import { type KafkaApi, versionFor } from './api/kafka-api.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import { diagnose } from './connection-diagnosis.ts';
import { type Deadline, within } from './deadline.ts';
import { type Channel, kafkajsChannel } from './kafkajs-transport.ts';
import { refuseTooOld } from './required-apis.ts';
import { ByteReader, MalformedBytes } from './wire/byte-reader.ts';
import { ByteWriter } from './wire/byte-writer.ts';

/** Connecting takes TCP, TLS, ApiVersions and SASL: a healthy broker needs a tenth of this. */
const CONNECT_MS_MAX = 1_500;

/** One authenticated connection to one broker. Every rejection is a `BrokerFailure`. */
export interface BrokerConnection {
  /** Resolves to the decoded answer. A timeout ends the connection: what is late cannot be told from what is next. */
  ask<Request, Response>(api: KafkaApi<Request, Response>, request: Request, timeoutMs: number): Promise<Response>;
  isOpen(): boolean;
  cost(): ConnectionCost;
  close(): void;
}

export interface ConnectionCost {
  readonly requests: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** A connection at once, so that its cost is known even if it never gets `ready`: connected and logged in. */
export function openBrokerConnection(
  connection: ClusterConnection,
  address: BrokerAddress,
): { readonly connection: BrokerConnection; ready(deadline: Deadline): Promise<void> } {
  const name = renderAddress(address);
  const channel = kafkajsChannel(connection, address);
  const state = { requests: 0, answered: false };
  const failureOf = (error: unknown): BrokerFailure =>
    asFailure(error, { name, connection, channel, answered: state.answered });

  return {
    async ready(deadline) {
      try {
        const loginMs = deadline.remainingMs() / 2;
        await within(loginMs, channel.prepare(), () => timedOut(name, 'getting a token to log in with', loginMs));
        const connectMs = Math.min(CONNECT_MS_MAX, deadline.remainingMs() / 2);
        await within(connectMs, channel.open(), () => timedOut(name, 'connecting', connectMs));
        refuseTooOld(name, channel.versions() ?? {});
      } catch (error) {
        channel.destroy();
        throw failureOf(error);
      }
    },
    connection: {
      isOpen: () => channel.versions() !== null && !channel.facts.closed,
      cost: () => ({
        requests: state.requests + channel.facts.ownRequests,
        sentBytes: channel.facts.sentBytes,
        receivedBytes: channel.facts.receivedBytes,
      }),
      close: channel.destroy,
      async ask(api, request, timeoutMs) {
        const version = versionFor(api, channel.versions()?.[api.key]);
        if (version === null) throw unsupported(name, api);
        const writer = new ByteWriter();
        api.encode(writer, request, version);
        state.requests += 1;
        try {
          const sent = channel.send({ key: api.key, name: api.name, version, body: writer.bytes() });
          const payload = await within(timeoutMs, sent, () => timedOut(name, api.name, timeoutMs));
          state.answered = true;
          return decode(api, payload, version);
        } catch (error) {
          const failure = failureOf(error);
          if (failure.brokerIsLost) channel.destroy();
          throw failure;
        }
      },
    },
  };
}

function decode<Response>(api: KafkaApi<never, Response>, payload: Buffer, version: number): Response {
  const reader = new ByteReader(payload);
  // Response header v1 ends with tags.
  reader.skipTags();
  return api.decode(reader, version);
}

function asFailure(
  error: unknown,
  {
    name,
    connection,
    channel,
    answered,
  }: { name: string; connection: ClusterConnection; channel: Channel; answered: boolean },
): BrokerFailure {
  if (error instanceof BrokerFailure) return error;
  if (error instanceof MalformedBytes) {
    return new BrokerFailure(
      { code: 'MALFORMED_RESPONSE', verdict: 'BROKER_UNSUPPORTED', brokerIsLost: false },
      `${name}: an answer that does not follow the Kafka protocol (${error.message})`,
      { cause: error },
    );
  }
  if (error instanceof SluicegateError) {
    // Whoever was to give us a token has said why there is none.
    const facts = { code: 'SASL_AUTHENTICATION_FAILED', verdict: error.code, brokerIsLost: true };
    return new BrokerFailure(facts, `${name}: ${error.message}`, { cause: error });
  }
  if (!(error instanceof Error)) throw error;
  if (answered) {
    return new BrokerFailure(
      { code: 'CONNECTION', verdict: 'BROKER_UNREACHABLE', brokerIsLost: true },
      `${name}: the connection was lost (${error.message})`,
      { cause: error },
    );
  }
  return diagnose({ address: name, connection, facts: channel.facts, speaksKafka: channel.versions() !== null, error });
}

function timedOut(name: string, what: string, timeoutMs: number): BrokerFailure {
  return new BrokerFailure(
    { code: 'TIMEOUT', verdict: 'BROKER_UNREACHABLE', brokerIsLost: true },
    `${name}: ${what}: no answer within ${Math.round(timeoutMs)} ms`,
  );
}

function unsupported(
  name: string,
  api: { readonly name: string; readonly versions: readonly number[] },
): BrokerFailure {
  return new BrokerFailure(
    { code: 'UNSUPPORTED_VERSION', verdict: 'BROKER_UNSUPPORTED', brokerIsLost: false },
    `${name}: the broker does not serve ${api.name} in a version that is spoken here (${[...api.versions].reverse().join(', ')})`,
  );
}
