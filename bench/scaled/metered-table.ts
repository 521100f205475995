import type { AttributeValue, ConsumedCapacity, DynamoDBClient, WriteRequest } from '@aws-sdk/client-dynamodb';
import { dynamoClient, type TableLocation } from '../../lambdas/adapters/dynamodb/client.ts';
import { type Item, type Key, keyOf } from '../../lambdas/adapters/dynamodb/item.ts';
import { type Table, tableOn } from '../../lambdas/adapters/dynamodb/table.ts';

/** What went to and came from a table since the last look, as the server counts it. */
export interface Meter {
  writeUnits: number;
  readUnits: number;
  requests: number;
  /** Every item written, by its key. */
  readonly written: { readonly key: Key; readonly bytes: number }[];
  /** Bytes of all items read. */
  readBytes: number;
}

export interface MeteredTable {
  readonly table: Table;
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** What was counted since the last call. */
  take(): Meter;
}

/** A table whose every request asks the server for the capacity that it consumed, and is counted. */
export function meteredTable({ tableName, endpoint }: TableLocation): MeteredTable {
  const client = dynamoClient(endpoint);
  let meter = emptyMeter();
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as Request;
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as never });
      count(meter, input, result.output as unknown as Response);
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return {
    client,
    tableName,
    table: tableOn(client, tableName),
    take: () => {
      const taken = meter;
      meter = emptyMeter();
      return taken;
    },
  };
}

interface Request {
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ExpressionAttributeValues?: Item;
  readonly UpdateExpression?: string;
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[] | object>>;
}

interface Response {
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[];
  readonly Items?: readonly Item[];
  readonly Item?: Item;
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
}

const emptyMeter = (): Meter => ({ writeUnits: 0, readUnits: 0, requests: 0, written: [], readBytes: 0 });

function count(meter: Meter, request: Request, response: Response): void {
  meter.requests += 1;
  const items = writtenBy(request);
  const units = [response.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  if (items.length > 0) meter.writeUnits += units;
  else meter.readUnits += units;
  for (const item of items) meter.written.push({ key: keyOf(item), bytes: itemBytes(item) });
  const read = [response.Item ?? [], response.Items ?? [], Object.values(response.Responses ?? {})].flat(2);
  for (const item of read) meter.readBytes += itemBytes(item);
}

function writtenBy({ Item, Key, ExpressionAttributeValues, UpdateExpression, RequestItems }: Request): Item[] {
  if (Item !== undefined) return [Item];
  // What an update sets is most of its item here: positions, which are set whole.
  if (UpdateExpression !== undefined) return [{ ...Key, ...ExpressionAttributeValues }];
  const requests = Object.values(RequestItems ?? {}).filter((of): of is readonly WriteRequest[] => Array.isArray(of));
  return requests.flat().flatMap(({ PutRequest }) => (PutRequest?.Item === undefined ? [] : [PutRequest.Item]));
}

/** As DynamoDB sizes an item: names and values. A number takes a byte for two digits, and one more. */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

const valueBytes = ({ S, N, B }: AttributeValue): number =>
  B?.length ?? (S !== undefined ? Buffer.byteLength(S) : Math.ceil((N?.length ?? 0) / 2) + 1);
