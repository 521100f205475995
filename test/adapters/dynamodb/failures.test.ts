import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { translated } from '../../../lambdas/adapters/dynamodb/failures.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../../lambdas/adapters/dynamodb/incident-store.ts';
import { openTable } from '../../../lambdas/adapters/dynamodb/table.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import { freePorts } from '../../../local/free-ports.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { aSnapshot, T0_MS } from '../../builders/snapshots.ts';

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.stop());

const clock = { nowMs: () => T0_MS };
const sample = { slotMs: T0_MS, snapshot: aSnapshot() };

test('a missing table is named, with its place and what to do', async () => {
  const table = openTable({ tableName: 'lag-nowhere', endpoint: server.endpoint });
  const history = dynamoHistoryStore({ table, clock, retentionMs: 1_000 });
  const missing = { code: 'TABLE_MISSING', message: expect.stringMatching(/"lag-nowhere" at http:\/\/127.*deploy/) };
  await expect(history.append(sample)).rejects.toMatchObject(missing);
  await expect(dynamoIncidentStore({ table, clock }).readAll('prod')).rejects.toMatchObject(missing);
});

test('an endpoint where nobody listens is named, with what to do', async () => {
  const [port] = await freePorts(1);
  const endpoint = `http://127.0.0.1:${port}`;
  const history = dynamoHistoryStore({ table: openTable({ tableName: 'lag', endpoint }), clock, retentionMs: 1_000 });
  const message = expect.stringMatching(new RegExp(`${endpoint}.*"lag".*ECONNREFUSED.*check the network`));
  await expect(history.append(sample)).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', message });
  await expect(createTable({ tableName: 'lag', endpoint })).rejects.toMatchObject({
    code: 'STORE_UNREACHABLE',
    message,
  });
});

test('without a region the advice is to set one', async () => {
  const client = new DynamoDBClient({ region: () => Promise.reject<string>(new Error('Region is missing')) });
  const { message } = await translated(new Error('Region is missing'), client, 'lag');
  expect(message).toMatch(/in no region .*set AWS_REGION/);
});

test('a table that is there already is taken as it is', async () => {
  const location = { tableName: 'lag-twice', endpoint: server.endpoint };
  await createTable(location);
  await openTable(location).putAll([{ pk: { S: 'a' }, sk: { S: 'b' } }]);
  await createTable(location);
  expect(await openTable(location).get({ partition: 'a', sort: 'b' })).not.toBeNull();
});
