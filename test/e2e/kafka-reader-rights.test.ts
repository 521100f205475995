import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  ResourcePatternTypes,
} from 'kafkajs';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Authentication } from '../../lambdas/core/cluster/connection.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { USERS } from '../../local/kafka-properties.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader } from '../builders/kafka-reader.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 10_000 };
const PLAIN: Authentication = { mechanism: 'plain', ...USERS.plain };
const SCRAM_256: Authentication = { mechanism: 'scram-sha-256', ...USERS['scram-sha-256'] };
const SCRAM_512: Authentication = { mechanism: 'scram-sha-512', ...USERS['scram-sha-512'] };

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
