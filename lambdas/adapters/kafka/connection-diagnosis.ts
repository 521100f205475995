import type { ClusterConnection } from '../../core/cluster/connection.ts';
import { BrokerFailure } from './broker-failure.ts';
import type { ChannelFacts } from './watched-socket.ts';

/** What is known when a connection could not be used. */
export interface ConnectionTrouble {
  readonly address: string;
  readonly connection: Pick<ClusterConnection, 'tls' | 'authentication'>;
  readonly facts: Pick<ChannelFacts, 'connected' | 'secured' | 'firstByte'>;
  /** The broker answered ApiVersions, so it speaks Kafka. */
  readonly speaksKafka: boolean;
  readonly error: Error;
}

/** First bytes of TLS records: an alert, a handshake. */
const TLS_RECORD_TYPES: ReadonlySet<number> = new Set([0x15, 0x16]);

/** What a Kafka response can begin with: the high byte of a length below 16 MiB. */
const LENGTH_BYTE = 0x00;

/** Names the cause that a person can act on. Kafka itself often says nothing but closes the connection. */
export function diagnose(trouble: ConnectionTrouble): BrokerFailure {
  const { facts, connection, speaksKafka } = trouble;
  if (!facts.connected) return unreachable(trouble);
  if (connection.tls !== null && !speaksKafka) return tlsTrouble(trouble);
  if (!speaksKafka) return plainTrouble(trouble);
  return connection.authentication.mechanism === 'none' ? silentRefusal(trouble) : saslTrouble(trouble);
}

function unreachable({ address, error }: ConnectionTrouble): BrokerFailure {
  return new BrokerFailure(
    { code: 'CONNECTION', verdict: 'BROKER_UNREACHABLE', brokerIsLost: true },
    `${address}: ${reasonOf(error)}`,
    { cause: error },
  );
}

function tlsTrouble({ address, error, facts }: ConnectionTrouble): BrokerFailure {
  const reason = reasonOf(error);
  if (/alert.*certificate|certificate.*(required|unknown)/i.test(reason)) {
    return denied(
      address,
      `the broker refuses our client certificate, or wants one (${reason}): set the client certificate and key`,
      error,
    );
  }
  if (/ALTNAME|does not match certificate|Hostname\/IP/i.test(reason)) {
    return mismatch(
      address,
      `the certificate is for another name (${reason}): connect by a name that it holds, or switch the host name check off`,
      error,
    );
  }
  if (/certificate/i.test(reason)) {
    return mismatch(
      address,
      `the broker's certificate is not trusted (${reason}): give its authority as TLS "ca"`,
      error,
    );
  }
  const when = facts.secured ? 'after the TLS handshake' : 'during the TLS handshake';
  return mismatch(
    address,
    `closed ${when} (${reason}): the listener seems to speak plain text; switch TLS off, or use the port of a TLS listener`,
    error,
  );
}

function plainTrouble({ address, error, facts }: ConnectionTrouble): BrokerFailure {
  if (facts.firstByte !== null && TLS_RECORD_TYPES.has(facts.firstByte)) {
    return mismatch(
      address,
      'the listener speaks TLS and TLS is off: switch it on, or use the port of a plain listener',
      error,
    );
  }
  if (facts.firstByte !== null && facts.firstByte !== LENGTH_BYTE) {
    return mismatch(address, 'what answers there does not speak the Kafka protocol: check the port', error);
  }
  return mismatch(
    address,
    `closed at the first request (${reasonOf(error)}): a TLS listener does so, and so does a service other than Kafka; switch TLS on, or check the port`,
    error,
  );
}

/** Kafka closes the connection, without a word, when it expects SASL and gets another request. */
function silentRefusal({ address, error }: ConnectionTrouble): BrokerFailure {
  return new BrokerFailure(
    { code: 'CONNECTION', verdict: 'BROKER_DENIED', brokerIsLost: true },
    `${address}: closed at the first request after ApiVersions (${reasonOf(error)}); a listener with SASL does so: set the authentication mechanism`,
    { cause: error },
  );
}

function saslTrouble(trouble: ConnectionTrouble): BrokerFailure {
  const { address, connection, error } = trouble;
  const reason = reasonOf(error);
  const mechanism = mechanismName(connection);
  // kafkajs calls everything that ends a login a refusal, also a broker that dies during it.
  if (/Closed connection|Connection closed|Not connected|\bE[A-Z]{4,}\b/.test(error.message))
    return unreachable(trouble);
  if ('type' in error && error.type === 'ILLEGAL_SASL_STATE') {
    return mismatch(
      address,
      `the listener has no SASL, but ${mechanism} is configured: set authentication to none, or use the port of a SASL listener`,
      error,
    );
  }
  if (/not support(ed)? (by the server|the requested SASL mechanism)/i.test(reason)) {
    return denied(
      address,
      `the listener does not offer ${mechanism} (${reason}): choose a mechanism that the broker has enabled`,
      error,
    );
  }
  return denied(
    address,
    `the broker refuses to log us in with ${mechanism} (${reason}): check user and password, or the token`,
    error,
  );
}

function mechanismName({ authentication }: ConnectionTrouble['connection']): string {
  return authentication.mechanism === 'msk-iam' ? 'MSK IAM' : `SASL ${authentication.mechanism.toUpperCase()}`;
}

function mismatch(address: string, message: string, cause: Error): BrokerFailure {
  return new BrokerFailure(
    { code: 'CONNECTION', verdict: 'BROKER_PROTOCOL_MISMATCH', brokerIsLost: true },
    `${address}: ${message}`,
    { cause },
  );
}

function denied(address: string, message: string, cause: Error): BrokerFailure {
  return new BrokerFailure(
    { code: 'SASL_AUTHENTICATION_FAILED', verdict: 'BROKER_DENIED', brokerIsLost: true },
    `${address}: ${message}`,
    { cause },
  );
}

/** The telling part: without kafkajs's "Connection error: ", OpenSSL's coordinates, and Node's advice on its own options. */
function reasonOf(error: Error): string {
  const message = error.message.replace(/^Connection error: /, '');
  const [, openSsl] = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+)/.exec(message) ?? [];
  const reason = (openSsl ?? message.split('; if ')[0] ?? message).replace(/\s+/g, ' ').trim();
  // Of a name with several addresses Node says nothing but the code.
  return reason || ('code' in error && typeof error.code === 'string' ? error.code : 'no reason given');
}
