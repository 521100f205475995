import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DynamoDBClient,
  paginateScan,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Table, tableOn } from '../../../lambdas/adapters/dynamodb/table.ts';
import { startDynamodbLocal } from '../../../local/dynamodb-local.ts';
import { REGION } from '../../lambda-runtime/here.ts';
import type { TableSchema } from '../../lambda-runtime/synthesised-stack.ts';
import { startMoto } from '../../setup/moto.ts';

/** What the functions reach on AWS, on this machine: DynamoDB Local, and moto for the rest. */
export interface AwsServices {
  /** What Lambda sets, and where the services are. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves with its ARN. */
  createSecret(text: string): Promise<string>;
  changeSecret(arn: string, text: string): Promise<void>;
  createTable(schema: TableSchema): Promise<string>;
  /** The table, as our adapters take it. */
  openTable(name: string): Table;
  /** Everything that the table holds, in a fixed order. */
  tableContent(table: string): Promise<readonly string[]>;
  /** A topic with a queue that is subscribed to it. */
  createTopic(): Promise<{ readonly arn: string; readonly queue: Queue }>;
  stop(): Promise<void>;
}

export interface Queue {
  /** Takes what has come, at once: the bodies of SNS's envelopes, parsed. */
  take(): Promise<readonly Message[]>;
}

/** One message as SNS puts it into a queue. */
export interface Message {
  readonly Subject: string;
  readonly Message: string;
  readonly TopicArn: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

export async function startAwsServices(progress: (line: string) => void): Promise<AwsServices> {
  const [moto, dynamo] = await Promise.all([startMoto(progress), startDynamodbLocal(progress)]);
  const atMoto = { endpoint: moto.endpoint, region: REGION, credentials: CREDENTIALS };
  const sns = new SNSClient(atMoto);
  const sqs = new SQSClient(atMoto);
  const secrets = new SecretsManagerClient(atMoto);
  const db = new DynamoDBClient({ ...atMoto, endpoint: dynamo.endpoint });
  return {
    environment: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    },
    createSecret: async (text) => {
      const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: randomUUID(), SecretString: text }));
      return ARN;
    },
    changeSecret: async (arn, text) => {
      await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: text }));
    },
    createTable: (schema) => createTable(db, schema),
    openTable: (name) => tableOn(db, name),
    tableContent: async (TableName) => {
      const pages = await Array.fromAsync(paginateScan({ client: db }, { TableName }));
      return pages.flatMap(({ Items = [] }) => Items.map(textOf)).toSorted();
    },
    createTopic: async () => {
      const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: randomUUID() }));
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: randomUUID() }));
      const asked = { QueueUrl, AttributeNames: ['QueueArn' as const] };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(asked));
      await sns.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
      return { arn, queue: { take: () => takeAll(sqs, QueueUrl) } };
    },
    stop: async () => {
      for (const client of [sns, sqs, secrets, db]) client.destroy();
      await Promise.all([moto.stop(), dynamo.stop()]);
    },
  };
}

async function createTable(client: DynamoDBClient, schema: TableSchema): Promise<string> {
  const { KeySchema, AttributeDefinitions, TimeToLiveSpecification } = schema;
  const TableName = randomUUID();
  await client.send(
    new CreateTableCommand({ TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  return TableName;
}

async function takeAll(sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return taken;
    for (const { Body = '', ReceiptHandle } of Messages) {
      taken.push(JSON.parse(Body));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

const textOf = (item: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(item).toSorted()));
