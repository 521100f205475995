import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { dynamoStoresContract } from '../../contracts/dynamo-stores.ts';

// Each test is dozens of requests: on a busy machine more than five seconds.
vi.setConfig({ testTimeout: 30_000 });

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.stop());

describe('on dynalite', () => {
  dynamoStoresContract(() => ({ tableName: `lag-${randomUUID()}`, endpoint: server.endpoint }));
});
