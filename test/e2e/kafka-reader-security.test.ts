import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
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

describeWithRealParts('reading with few rights', () => {
  let cluster: KafkaCluster;
  const readAs = (authentication: Authentication) =>
    aKafkaReader(cluster.brokersOf('SASL_PLAINTEXT'), { connection: { authentication } }).read(READ);

  beforeAll(async () => {
    cluster = await startKafkaCluster({
      listeners: ['SASL_PLAINTEXT'],
      properties: {
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:ANONYMOUS',
      },
    });
    await fillTopics(cluster.brokers, { orders: [3], hidden: [3] });
    const groups = ['team-billing', 'team-audit', 'secret'];
    await commitOffsets(
      cluster.brokers[0] ?? '',
      groups.map((group) => ({ group, offsets: { orders: [1] } })),
    );
    const admin = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createAcls({
      acl: [
        describeAcl('bob', AclResourceTypes.CLUSTER, 'kafka-cluster'),
        describeAcl('bob', AclResourceTypes.GROUP, '*'),
        { ...describeAcl('bob', AclResourceTypes.GROUP, 'secret'), permissionType: AclPermissionTypes.DENY },
        describeAcl('bob', AclResourceTypes.TOPIC, '*'),
        { ...describeAcl('bob', AclResourceTypes.TOPIC, 'hidden'), permissionType: AclPermissionTypes.DENY },
        {
          ...describeAcl('alice', AclResourceTypes.GROUP, 'team-'),
          resourcePatternType: ResourcePatternTypes.PREFIXED,
        },
        describeAcl('alice', AclResourceTypes.TOPIC, 'orders'),
      ],
    });
    await admin.disconnect();
  });
  afterAll(() => cluster?.stop());

  test('a group that may not be described fails alone, and the others are there', async () => {
    const { snapshot } = await readAs(PLAIN);
    expect([...snapshot.groups.keys()].sort()).toEqual(['team-audit', 'team-billing']);
    expect(snapshot.failures).toMatchObject([{ part: 'group', group: 'secret', code: 'GROUP_AUTHORIZATION_FAILED' }]);
    expect(snapshot.topics.get('orders')).toEqual([{ logStartOffset: 0, logEndOffset: 3 }]);
  });

  test('a topic that may not be described fails alone: members tell that it is read', async () => {
    const consumer = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING }).consumer({
      groupId: 'team-hidden',
    });
    onTestFinished(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topics: ['hidden', 'orders'], fromBeginning: true });
    await consumer.run({ autoCommitInterval: 100, eachMessage: async () => {} });
    await vi.waitFor(async () => {
      const { snapshot } = await readAs(PLAIN);
      expect(snapshot.groups.get('team-hidden')?.committed).toEqual(new Map([['orders', [3]]]));
      expect(snapshot.failures).toContainEqual(
        expect.objectContaining({
          part: 'partition',
          topic: 'hidden',
          partition: 0,
          code: 'TOPIC_AUTHORIZATION_FAILED',
        }),
      );
    }, 20_000);
  });

  test('Describe on some groups, and none on the cluster, is enough for those groups', async () => {
    const { snapshot } = await readAs(SCRAM_256);
    expect(snapshot.groups.has('secret')).toBe(false);
    expect(snapshot.groups.get('team-billing')?.committed).toEqual(new Map([['orders', [1]]]));
    expect(snapshot.failures.filter(({ part }) => part === 'group')).toEqual([]);
  });

  test('no right at all is an error, not an empty cluster', async () => {
    await expect(readAs(SCRAM_512)).rejects.toMatchObject({
      code: 'BROKER_DENIED',
      message: expect.stringContaining('grant Describe'),
    });
  });
});

const describeAcl = (user: string, resourceType: AclResourceTypes, resourceName: string) => ({
  resourceType,
  resourceName,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${user}`,
  host: '*',
  operation: AclOperationTypes.DESCRIBE,
  permissionType: AclPermissionTypes.ALLOW,
});
