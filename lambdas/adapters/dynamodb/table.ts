import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS } from '../../contract.ts';
import { getInBatches, putInBatches } from './batches.ts';
import { dynamoClient, type TableLocation } from './client.ts';
import { translated } from './failures.ts';
import { type Item, type Key, keyAttributes, keyId, keyOf } from './item.ts';

/**
 * The one table, as its stores need it. Everything throws TABLE_MISSING or STORE_UNREACHABLE.
 *
 * Reads that find by name are strongly consistent: evaluation begins the moment a sample was written.
 */
export interface Table {
  /** Null when there is none. */
  get(key: Key): Promise<Item | null>;
  /** In the order of their sort keys. */
  query(range: KeyRange): AsyncIterable<Item>;
  /** By `keyId`, those that there are. Costs half as much as `get`, unless one is too young to be found at once. */
  getAll(keys: readonly Key[]): Promise<ReadonlyMap<string, Item>>;
  /** False: the condition did not hold, and nothing was written. */
  putIf(item: Item, condition: Condition): Promise<boolean>;
  /** Sets these attributes and leaves the others; makes the item if there is none. False as for `putIf`. */
  updateIf(key: Key, set: Item, condition: Condition): Promise<boolean>;
  /** In any order, over whatever is there. */
  putAll(items: readonly Item[]): Promise<void>;
}

export interface KeyRange {
  readonly partition: string;
  /** Sort keys, both inclusive. */
  readonly from: string;
  readonly until: string;
  /** The last so many of them, last first. Absent: all. */
  readonly last?: number;
}

/** In DynamoDB's expression language. */
export interface Condition {
  readonly expression: string;
  readonly values?: Record<string, AttributeValue>;
}

export const openTable = ({ tableName, endpoint }: TableLocation): Table => tableOn(dynamoClient(endpoint), tableName);

/** The same through a client that somebody else has made. */
export function tableOn(client: DynamoDBClient, tableName: string): Table {
  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      throw await translated(cause, client, tableName);
    }
  }

  return {
    get: (key) =>
      asked(async () => {
        const request = { TableName: tableName, Key: keyAttributes(key), ConsistentRead: true };
        return (await client.send(new GetItemCommand(request))).Item ?? null;
      }),

    async *query(range) {
      let start: Item | undefined;
      do {
        const page = await asked(() => client.send(queryCommand(tableName, range, start)));
        yield* page.Items ?? [];
        start = range.last === undefined ? page.LastEvaluatedKey : undefined;
      } while (start !== undefined);
    },

    getAll: (keys) =>
      asked(async () => {
        const found = new Map<string, Item>();
        for (const consistent of [false, true]) {
          const missing = keys.filter((key) => !found.has(keyId(key)));
          const items = await getInBatches(client, tableName, { keys: missing, consistent });
          for (const item of items) found.set(keyId(keyOf(item)), item);
        }
        return found;
      }),

    putIf: (item, { expression, values }) =>
      asked(() =>
        unlessRefused(async () => {
          const condition = { ConditionExpression: expression, ExpressionAttributeValues: values };
          await client.send(new PutItemCommand({ TableName: tableName, Item: item, ...condition }));
        }),
      ),

    updateIf: (key, set, condition) =>
      asked(() =>
        unlessRefused(async () => {
          await client.send(new UpdateItemCommand(updateInput(tableName, key, set, condition)));
        }),
      ),

    putAll: (items) => asked(() => putInBatches(client, tableName, items)),
  };
}

const queryCommand = (tableName: string, { partition, from, until, last }: KeyRange, start: Item | undefined) =>
  new QueryCommand({
    TableName: tableName,
    KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :until',
    ExpressionAttributeNames: { '#partition': TABLE_KEYS.partition, '#sort': TABLE_KEYS.sort },
    ExpressionAttributeValues: { ':partition': { S: partition }, ':from': { S: from }, ':until': { S: until } },
    ConsistentRead: true,
    ScanIndexForward: last === undefined,
    Limit: last,
    ExclusiveStartKey: start,
  });

function updateInput(
  tableName: string,
  key: Key,
  set: Item,
  { expression, values }: Condition,
): UpdateItemCommandInput {
  const names = Object.keys(set);
  return {
    TableName: tableName,
    Key: keyAttributes(key),
    UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
    ConditionExpression: expression,
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, set[name] as AttributeValue])),
      ...values,
    },
  };
}

/** True when the write was done, false when its condition did not hold. */
async function unlessRefused(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (cause) {
    if (cause instanceof ConditionalCheckFailedException) return false;
    throw cause;
  }
}
