import { expect, test } from 'vitest';
import { type ConnectionTrouble, diagnose } from '../../../lambdas/adapters/kafka/connection-diagnosis.ts';
import type { ClusterConnection } from '../../../lambdas/core/cluster/connection.ts';

type Connection = Pick<ClusterConnection, 'tls' | 'authentication'>;

const PLAIN: Connection = { tls: null, authentication: { mechanism: 'none' } };
const TLS: Connection = {
  tls: { ca: null, client: null, verifyHostname: true },
  authentication: { mechanism: 'none' },
};
const SASL: Connection = { tls: null, authentication: { mechanism: 'plain', username: 'bob', password: 'x' } };

const trouble = (overrides: Partial<ConnectionTrouble> & { says: string }): ConnectionTrouble => ({
  address: 'kafka:9092',
  connection: PLAIN,
  facts: { connected: true, secured: false, firstByte: null },
  speaksKafka: false,
  error: new Error(overrides.says),
  ...overrides,
});

const BEFORE_TCP = { connected: false, secured: false, firstByte: null };

test.each([
  {
    why: 'nothing listens',
    trouble: trouble({ facts: BEFORE_TCP, says: 'Connection error: connect ECONNREFUSED' }),
    verdict: 'BROKER_UNREACHABLE',
    advice: 'kafka:9092: connect ECONNREFUSED',
  },
  {
    why: 'a name that is not known',
    trouble: trouble({ facts: BEFORE_TCP, says: 'Connection error: getaddrinfo ENOTFOUND kafka' }),
    verdict: 'BROKER_UNREACHABLE',
    advice: 'ENOTFOUND kafka',
  },
  {
    why: 'TLS before anything',
    trouble: trouble({
      connection: TLS,
      says: 'Client network socket disconnected before secure TLS connection was established',
    }),
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    advice: 'switch TLS off',
  },
  {
    why: 'a certificate for another name',
    trouble: trouble({
      connection: TLS,
      says: "Hostname/IP does not match certificate's altnames: IP: 10.0.0.1 is not in the cert's list",
    }),
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    advice: 'switch the host name check off',
  },
  {
    why: 'a certificate that has expired',
    trouble: trouble({ connection: TLS, says: 'certificate has expired' }),
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    advice: 'not trusted (certificate has expired)',
  },
  {
    why: 'a client certificate that is wanted',
    trouble: trouble({
      connection: TLS,
      says: 'error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:x.c:918',
    }),
    verdict: 'BROKER_DENIED',
    advice: '(tlsv13 alert certificate required)',
  },
  {
    why: 'a TLS alert to a plain client',
    trouble: trouble({ facts: { connected: true, secured: false, firstByte: 0x15 }, says: 'Closed connection' }),
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    advice: 'speaks TLS and TLS is off',
  },
  {
    why: 'something else than Kafka',
    trouble: trouble({ facts: { connected: true, secured: false, firstByte: 0x48 }, says: 'Closed connection' }),
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    advice: 'check the port',
  },
  {
    why: 'SASL that is expected',
    trouble: trouble({ speaksKafka: true, says: 'Closed connection' }),
    verdict: 'BROKER_DENIED',
    advice: 'set the authentication mechanism',
  },
  {
    why: 'a wrong password',
    trouble: trouble({
      connection: SASL,
      speaksKafka: true,
      says: 'SASL PLAIN authentication failed: Authentication failed: Invalid username or password',
    }),
    verdict: 'BROKER_DENIED',
    advice: 'check user and password',
  },
  {
    why: 'a broker that dies while it lets us in',
    trouble: trouble({
      connection: SASL,
      speaksKafka: true,
      says: 'SASL PLAIN authentication failed: Closed connection',
    }),
    verdict: 'BROKER_UNREACHABLE',
    advice: 'Closed connection',
  },
  {
    why: 'a connection that is reset meanwhile',
    trouble: trouble({
      connection: SASL,
      speaksKafka: true,
      says: 'SASL PLAIN authentication failed: Connection error: read ECONNRESET',
    }),
    verdict: 'BROKER_UNREACHABLE',
    advice: 'ECONNRESET',
  },
  {
    why: 'a mechanism that is not enabled',
    trouble: trouble({
      connection: SASL,
      speaksKafka: true,
      says: 'The broker does not support the requested SASL mechanism',
    }),
    verdict: 'BROKER_DENIED',
    advice: 'choose a mechanism',
  },
])('$why: $verdict', ({ trouble: what, verdict, advice }) => {
  expect(diagnose(what)).toMatchObject({ verdict, brokerIsLost: true, message: expect.stringContaining(advice) });
});

test('SASL on a listener without is told by the kind of the error, whatever its words', () => {
  const error = Object.assign(new Error('Request is not valid given the current SASL state'), {
    type: 'ILLEGAL_SASL_STATE',
  });
  const failure = diagnose(trouble({ connection: SASL, speaksKafka: true, says: '', error }));
  expect(failure).toMatchObject({
    verdict: 'BROKER_PROTOCOL_MISMATCH',
    message: expect.stringContaining('set authentication to none'),
  });
});

// Node's AggregateError for a name with several addresses has an empty message.
test('a name with several addresses, none of which answers, still has a reason', () => {
  const error = Object.assign(new Error('Connection error: '), { code: 'ECONNREFUSED' });
  const failure = diagnose(trouble({ facts: BEFORE_TCP, says: '', error }));
  expect(failure.message).toBe('kafka:9092: ECONNREFUSED');
});
