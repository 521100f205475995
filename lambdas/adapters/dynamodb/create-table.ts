import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS } from '../../contract.ts';
import { dynamoClient, type TableLocation } from './client.ts';
import { translated } from './failures.ts';

const POLL_MS = 20;

/**
 * Creates the table if there is none, for laptop and tests; on AWS the stack does. Resolves when it can be used.
 *
 * dynalite can't expire items, which is no error: every read leaves expired ones out.
 */
export async function createTable({ tableName, endpoint }: TableLocation): Promise<void> {
  const client = dynamoClient(endpoint);
  try {
    await createOnce(client, tableName);
    while (!(await isActive(client, tableName))) await delay(POLL_MS);
    await expireItems(client, tableName);
  } catch (cause) {
    throw await translated(cause, client, tableName);
  } finally {
    client.destroy();
  }
}

async function createOnce(client: DynamoDBClient, tableName: string): Promise<void> {
  const keys = [TABLE_KEYS.partition, TABLE_KEYS.sort] as const;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: keys[0], KeyType: 'HASH' },
          { AttributeName: keys[1], KeyType: 'RANGE' },
        ],
      }),
    );
  } catch (cause) {
    if (!(cause instanceof ResourceInUseException)) throw cause;
  }
}

async function isActive(client: DynamoDBClient, tableName: string): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return Table?.TableStatus === 'ACTIVE';
}

async function expireItems(client: DynamoDBClient, tableName: string): Promise<void> {
  const specification = { AttributeName: TABLE_KEYS.expiresAtS, Enabled: true };
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: specification }));
  } catch (cause) {
    const { name = '', message = '' } = cause instanceof DynamoDBServiceException ? cause : {};
    const alreadyOn = name === 'ValidationException' && /already enabled/i.test(message);
    if (name !== 'UnknownOperationException' && !alreadyOn) throw cause;
  }
}
