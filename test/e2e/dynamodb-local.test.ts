import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { dynamoStoresContract } from '../contracts/dynamo-stores.ts';

let server: StoreServer;
beforeAll(async () => {
  server = await startDynamodbLocal((line) => console.info(line));
});
afterAll(() => server?.stop());

dynamoStoresContract(() => ({ tableName: `lag-${randomUUID()}`, endpoint: server.endpoint }));
