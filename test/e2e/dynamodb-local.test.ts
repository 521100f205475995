import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

describeWithRealParts('DynamoDB Local on this machine', () => {
  test('it starts empty, and is gone once stopped', async () => {
    const server = await startDynamodbLocal(() => undefined);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint: server.endpoint, region: 'eu-west-1', credentials });
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
    client.destroy();
    await server.stop();
    await expect(fetch(server.endpoint)).rejects.toThrow('fetch failed');
  });
});
