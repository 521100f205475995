import { setTimeout as delay } from 'node:timers/promises';
import { BatchGetItemCommand, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SluicegateError } from '../../core/errors.ts';
import { type Item, type Key, keyAttributes } from './item.ts';

const KEYS_PER_GET = 100;
const ITEMS_PER_PUT = 25;
/** Batches under way at a time. */
const PARALLEL = 8;
const ATTEMPTS = 9;
const BACKOFF_MS = 25;

/** Those items that there are, in any order. */
export async function getInBatches(
  client: DynamoDBClient,
  tableName: string,
  { keys, consistent }: { readonly keys: readonly Key[]; readonly consistent: boolean },
): Promise<Item[]> {
  const found: Item[] = [];
  await eachBatch(keys, KEYS_PER_GET, async (batch) => {
    await untilDone(batch.map(keyAttributes), async (Keys) => {
      const request = { [tableName]: { Keys, ConsistentRead: consistent } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems: request }));
      found.push(...(Responses?.[tableName] ?? []));
      return UnprocessedKeys?.[tableName]?.Keys ?? [];
    });
  });
  return found;
}

export async function putInBatches(client: DynamoDBClient, tableName: string, items: readonly Item[]): Promise<void> {
  await eachBatch(items, ITEMS_PER_PUT, async (batch) => {
    await untilDone(batch, async (pending) => {
      const requests = pending.map((Item) => ({ PutRequest: { Item } }));
      const request = new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } });
      const { UnprocessedItems } = await client.send(request);
      return (UnprocessedItems?.[tableName] ?? []).flatMap(({ PutRequest }) =>
        PutRequest?.Item ? [PutRequest.Item] : [],
      );
    });
  });
}

/** DynamoDB may leave part of a batch undone when it is busy; that part is asked for again, ever later. */
async function untilDone<T>(all: readonly T[], ask: (pending: T[]) => Promise<T[]>): Promise<void> {
  let pending = [...all];
  for (let attempt = 0; pending.length > 0; attempt += 1) {
    if (attempt === ATTEMPTS) {
      throw new SluicegateError('STORE_UNREACHABLE', 'DynamoDB is over its capacity; the next run tries again');
    }
    if (attempt > 0) await delay(BACKOFF_MS * 2 ** (attempt - 1));
    pending = await ask(pending);
  }
}

async function eachBatch<T>(all: readonly T[], size: number, run: (batch: T[]) => Promise<void>): Promise<void> {
  const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, nth) =>
    all.slice(nth * size, (nth + 1) * size),
  );
  const worker = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await run(batch);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, batches.length) }, worker));
}
