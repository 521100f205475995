import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Authentication } from '../../../lambdas/core/cluster/connection.ts';
import { SluicegateError } from '../../../lambdas/core/errors.ts';
import type { ClusterReader } from '../../../lambdas/core/ports/cluster-reader.ts';
import { aKafkaReader, aScriptedCluster } from '../../builders/kafka-reader.ts';

const TLS = { ca: null, client: null, verifyHostname: true };

/** The error that a reading ends in; one line, without a stack in it. */
async function errorOf(reader: ClusterReader, deadlineMs = 2_000): Promise<SluicegateError> {
  const error: unknown = await reader.read({ atMs: 1_000, deadlineMs }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SluicegateError)) throw new Error('no SluicegateError', { cause: error });
  expect(error.message).not.toMatch(/\n|\bat .*:\d+:\d+/);
  return error;
}

/** Accepts connections and treats them as told. */
async function aListener(onConnection: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

/** A port that nobody listens on. */
async function aClosedPort(): Promise<string> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

test('nothing listens: every broker that was tried is named with its reason', async () => {
  const brokers = [await aClosedPort(), await aClosedPort()];
  const error = await errorOf(aKafkaReader(brokers));
  expect(error.code).toBe('BROKER_UNREACHABLE');
  for (const broker of brokers) expect(error.message).toContain(`${broker}: connect ECONNREFUSED`);
});

test('a frozen broker first: the next seed is tried within the deadline', async () => {
  const frozen = await aListener(() => {});
  const cluster = await aScriptedCluster({ groups: { billing: {} } });
  // The order is random: both orders must do.
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const { snapshot } = await aKafkaReader([frozen, ...cluster.brokers]).read({ atMs: 1_000, deadlineMs: 1_000 });
    expect(snapshot.groups.size).toBe(1);
    expect(snapshot.failures).toEqual([]);
  }
});

test('only frozen brokers: it ends within the deadline and says so', async () => {
  const startedAt = performance.now();
  const error = await errorOf(aKafkaReader([await aListener(() => {}), await aListener(() => {})]), 600);
  expect(performance.now() - startedAt).toBeLessThan(700);
  expect(error).toMatchObject({ code: 'BROKER_UNREACHABLE', message: expect.stringContaining('no answer within') });
});

test.each([
  {
    why: 'TLS on a plain listener',
    tls: TLS,
    onConnection: (socket: net.Socket) => socket.on('data', () => socket.destroy()),
    advice: 'switch TLS off',
  },
  {
    why: 'a plain client on a TLS listener, which sends an alert',
    tls: null,
    onConnection: (socket: net.Socket) => socket.once('data', () => socket.end(Buffer.from('15030300020250', 'hex'))),
    advice: 'switch it on',
  },
  {
    why: 'a plain client on a TLS listener, which closes',
    tls: null,
    onConnection: (socket: net.Socket) => socket.on('data', () => socket.destroy()),
    advice: 'switch TLS on',
  },
  {
    why: 'a web server',
    tls: null,
    onConnection: (socket: net.Socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    advice: 'check the port',
  },
])('BROKER_PROTOCOL_MISMATCH says what to change: $why', async ({ tls, onConnection, advice }) => {
  const error = await errorOf(aKafkaReader([await aListener(onConnection)], { connection: { tls } }));
  expect(error).toMatchObject({ code: 'BROKER_PROTOCOL_MISMATCH', message: expect.stringContaining(advice) });
});

test('a listener that closes at the first request after ApiVersions expects SASL', async () => {
  const cluster = await aScriptedCluster({ instead: () => 'close' });
  const error = await errorOf(aKafkaReader(cluster.brokers));
  expect(error).toMatchObject({ code: 'BROKER_DENIED', message: expect.stringContaining('set the authentication') });
});

test('a wrong password never stands in the message', async () => {
  const authentication: Authentication = { mechanism: 'plain', username: 'bob', password: 'hunter2' };
  // The scripted broker has no SASL and closes at the handshake.
  const cluster = await aScriptedCluster({});
  const error = await errorOf(aKafkaReader(cluster.brokers, { connection: { authentication } }));
  expect(error.code).toBe('BROKER_DENIED');
  expect(error.message).not.toContain('hunter2');
});

test('a broker that is too old is told what it lacks', async () => {
  const cluster = await aScriptedCluster({ lacks: ['OffsetFetch', 'DescribeGroups'] });
  const error = await errorOf(aKafkaReader(cluster.brokers));
  expect(error.code).toBe('BROKER_UNSUPPORTED');
  expect(error.message).toContain('OffsetFetch v8');
  expect(error.message).toContain('DescribeGroups v5');
  expect(error.message).toContain('Kafka 3.0');
});

test('brokers that Metadata names but that cannot be reached point to advertised.listeners', async () => {
  const dead = await aClosedPort();
  const cluster = await aScriptedCluster({
    instead: ({ api, truth }) => {
      if (api !== 'Metadata') return undefined;
      const brokers = truth().brokers.map((broker: object) => ({ ...broker, port: Number(dead.split(':')[1]) }));
      return { ...truth(), brokers };
    },
  });
  const error = await errorOf(aKafkaReader(cluster.brokers));
  expect(error).toMatchObject({ code: 'BROKER_UNREACHABLE', message: expect.stringContaining('advertised.listeners') });
});

test('a principal that may list nothing is refused, not shown an empty cluster', async () => {
  const cluster = await aScriptedCluster({ clusterOperations: 0 });
  const error = await errorOf(aKafkaReader(cluster.brokers));
  expect(error).toMatchObject({ code: 'BROKER_DENIED', message: expect.stringContaining('grant Describe') });
});

test.each([
  'localhost',
  ':9092',
  'localhost:0',
  'localhost:99999',
  'http://localhost:9092',
  '',
])('"%s" is no broker address', (broker) => {
  expect(() => aKafkaReader([broker])).toThrow(/is no broker address: write host:port/);
});

test.each([
  { why: 'an authority that is no PEM', tls: { ...TLS, ca: 'garbage' }, reason: 'no PEM certificate' },
  {
    why: 'a client certificate that is none',
    tls: { ...TLS, client: { certificate: 'garbage', key: 'garbage', passphrase: null } },
    reason: 'cannot be used',
  },
])('$why is refused before anything is connected', ({ tls, reason }) => {
  expect(() => aKafkaReader(['localhost:9092'], { connection: { tls } })).toThrow(reason);
});

test('a token that is slow to come takes nothing from the time to connect', async () => {
  // The scripted broker has no SASL: being refused there shows that the token came, and was waited for.
  const cluster = await aScriptedCluster({});
  const token = () => new Promise<string>((resolve) => setTimeout(resolve, 1_600, 'late'));
  const authentication: Authentication = { mechanism: 'oauthbearer', token };
  const error = await errorOf(aKafkaReader(cluster.brokers, { connection: { authentication } }), 10_000);
  expect(error.message).not.toContain('no answer within');
});
