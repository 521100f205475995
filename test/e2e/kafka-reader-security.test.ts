import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Authentication, TlsSettings } from '../../lambdas/core/cluster/connection.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { type Listener, USERS } from '../../local/kafka-properties.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader, openKafkaReader } from '../builders/kafka-reader.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 10_000 };
/** ApiVersions, Metadata, ListGroups, OffsetFetch, ListOffsets for start and end: one broker, one group without members. */
const BARE = 6;
const NONE: Authentication = { mechanism: 'none' };
const PLAIN: Authentication = { mechanism: 'plain', ...USERS.plain };
const SCRAM_256: Authentication = { mechanism: 'scram-sha-256', ...USERS['scram-sha-256'] };
const SCRAM_512: Authentication = { mechanism: 'scram-sha-512', ...USERS['scram-sha-512'] };

/** A token as the broker's validator for tests takes it: claims without a signature. */
const unsecuredToken = (lifetimeS: number): string => {
  const nowS = Math.floor(Date.now() / 1_000);
  const parts = [{ alg: 'none' }, { sub: 'olga', iat: nowS, exp: nowS + lifetimeS }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
};
const OAUTH: Authentication = { mechanism: 'oauthbearer', token: async () => unsecuredToken(600) };

type TlsChoice = 'off' | 'trusted' | 'with client certificate' | 'not trusted';

describeWithRealParts('logging in to real listeners', () => {
  let cluster: KafkaCluster;

  beforeAll(async () => {
    cluster = await startKafkaCluster({
      listeners: ['SASL_PLAINTEXT', 'SSL', 'SASL_SSL'],
      properties: {
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
        'listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config':
          'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";',
        'listener.name.sasl_ssl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
      },
    });
    await fillTopics(cluster.brokers, { orders: [3] });
    await commitOffsets(cluster.brokers[0] ?? '', [{ group: 'billing', offsets: { orders: [1] } }]);
    // Coordinators that are still loading cost a request more.
    await vi.waitFor(async () => {
      const reader = openKafkaReader(cluster.brokers);
      const { cost } = await reader.read(READ).finally(() => reader.close());
      expect(cost.requests).toBe(BARE);
    }, 20_000);
  });
  afterAll(() => cluster?.stop());

  const tlsOf = (choice: TlsChoice): TlsSettings | null => {
    const { ca = '', client = { certificate: '', key: '' } } = cluster.certificates ?? {};
    if (choice === 'off') return null;
    return {
      ca: choice === 'not trusted' ? null : ca,
      client: choice === 'with client certificate' ? { ...client, passphrase: null } : null,
      verifyHostname: true,
    };
  };
  const readVia = (listener: Listener, tls: TlsChoice, authentication: Authentication) =>
    aKafkaReader(cluster.brokersOf(listener), { connection: { tls: tlsOf(tls), authentication } }).read(READ);

  test.each<{ why: string; listener: Listener; tls: TlsChoice; authentication: Authentication; saslRequests: number }>([
    { why: 'no authentication', listener: 'PLAINTEXT', tls: 'off', authentication: NONE, saslRequests: 0 },
    { why: 'PLAIN', listener: 'SASL_PLAINTEXT', tls: 'off', authentication: PLAIN, saslRequests: 2 },
    { why: 'PLAIN over TLS', listener: 'SASL_SSL', tls: 'trusted', authentication: PLAIN, saslRequests: 2 },
    { why: 'SCRAM-SHA-256', listener: 'SASL_PLAINTEXT', tls: 'off', authentication: SCRAM_256, saslRequests: 3 },
    { why: 'SCRAM-SHA-512 over TLS', listener: 'SASL_SSL', tls: 'trusted', authentication: SCRAM_512, saslRequests: 3 },
    { why: 'OAUTHBEARER', listener: 'SASL_PLAINTEXT', tls: 'off', authentication: OAUTH, saslRequests: 2 },
    { why: 'mutual TLS', listener: 'SSL', tls: 'with client certificate', authentication: NONE, saslRequests: 0 },
  ])('$why', async ({ listener, tls, authentication, saslRequests }) => {
    const { snapshot, cost } = await readVia(listener, tls, authentication);
    expect(snapshot.failures).toEqual([]);
    expect(snapshot.groups.size).toBe(1);
    expect(cost.requests).toBe(BARE + saslRequests);
  });

  test.each<{
    why: string;
    listener: Listener;
    tls: TlsChoice;
    authentication: Authentication;
    code: string;
    advice: string;
  }>([
    {
      why: 'TLS on a plain listener',
      listener: 'PLAINTEXT',
      tls: 'trusted',
      authentication: NONE,
      code: 'BROKER_PROTOCOL_MISMATCH',
      advice: 'switch TLS off',
    },
    {
      why: 'plain text on a TLS listener',
      listener: 'SASL_SSL',
      tls: 'off',
      authentication: PLAIN,
      code: 'BROKER_PROTOCOL_MISMATCH',
      advice: 'switch it on',
    },
    {
      why: 'SASL on a listener without',
      listener: 'PLAINTEXT',
      tls: 'off',
      authentication: PLAIN,
      code: 'BROKER_PROTOCOL_MISMATCH',
      advice: 'set authentication to none',
    },
    {
      why: "a certificate that is nobody's we trust",
      listener: 'SASL_SSL',
      tls: 'not trusted',
      authentication: PLAIN,
      code: 'BROKER_PROTOCOL_MISMATCH',
      advice: 'give its authority',
    },
    {
      why: 'no SASL where it is expected',
      listener: 'SASL_PLAINTEXT',
      tls: 'off',
      authentication: NONE,
      code: 'BROKER_DENIED',
      advice: 'set the authentication mechanism',
    },
    {
      why: 'a wrong password',
      listener: 'SASL_PLAINTEXT',
      tls: 'off',
      authentication: { ...PLAIN, password: 'hunter2' },
      code: 'BROKER_DENIED',
      advice: 'check user and password',
    },
    {
      why: 'a wrong password with SCRAM',
      listener: 'SASL_SSL',
      tls: 'trusted',
      authentication: { ...SCRAM_256, password: 'hunter2' },
      code: 'BROKER_DENIED',
      advice: 'check user and password',
    },
    {
      why: 'a mechanism that the listener does not offer',
      listener: 'SASL_SSL',
      tls: 'trusted',
      authentication: OAUTH,
      code: 'BROKER_DENIED',
      advice: 'choose a mechanism',
    },
    {
      why: 'a token that has expired',
      listener: 'SASL_PLAINTEXT',
      tls: 'off',
      authentication: { mechanism: 'oauthbearer', token: async () => unsecuredToken(-600) },
      code: 'BROKER_DENIED',
      advice: 'refuses the token (invalid_token)',
    },
    {
      why: 'no client certificate where one is wanted',
      listener: 'SSL',
      tls: 'trusted',
      authentication: NONE,
      code: 'BROKER_DENIED',
      advice: 'set the client certificate',
    },
  ])('$why: one line that says what to change', async ({ listener, tls, authentication, code, advice }) => {
    const error = await readVia(listener, tls, authentication).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(advice) });
    expect((error as Error).message).not.toMatch(/\n|hunter2/);
  });
});
