import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { dynamoStoresContract } from '../../contracts/dynamo-stores.ts';

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.stop());

describe('on dynalite', () => {
  dynamoStoresContract(() => ({ tableName: `lag-${randomUUID()}`, endpoint: server.endpoint }));
});
