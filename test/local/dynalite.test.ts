import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { startDynalite } from '../../local/dynalite.ts';

test('two run side by side, start empty, and end although a client still holds its connection', async () => {
  const servers = await Promise.all([startDynalite(), startDynalite()]);
  for (const { endpoint, stop } of servers) {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
    expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
    await stop();
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    client.destroy();
  }
});
