import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { runCli } from '../cli/run-cli.ts';
import { describeWithRealParts, sharedBroker } from '../setup/real-parts.ts';

const topic = `orders-${randomUUID()}`;
const group = `billing-${randomUUID()}`;

describeWithRealParts('a release on the command line, on a real broker', () => {
  let server: StoreServer;
  const tableName = 'releases';
  beforeAll(async () => {
    server = await startDynalite();
    await createTable({ tableName, endpoint: server.endpoint });
    await fillTopics([sharedBroker()], { [topic]: [10, 10] });
    await commitOffsets(sharedBroker(), [{ group, offsets: { [topic]: [4, 6] } }]);
  });
  afterAll(() => server?.stop());

  test('start marks the offsets that Kafka has now, finish those at the end, and the ledger shows both', async () => {
    const where = ['--table', tableName, '--endpoint', server.endpoint];
    const kafka = ['--brokers', sharedBroker(), '--cluster', 'prod'];
    const wish = ['--group', group, '--strategy', 'stop', '--client', '^v2', '--on-inconclusive', 'rollback'];
    const start = await runCli(['release', 'start', ...wish, ...kafka, ...where, '--execution', 'build-7', '--json']);
    expect(start).toMatchObject({ code: 0, stderr: '' });
    const { releaseId } = JSON.parse(start.stdout);
    const again = await runCli(['release', 'start', ...wish, ...kafka, ...where, '--execution', 'build-7']);
    expect(again.stdout).toContain(`release ${releaseId} of "${group}" in prod is open (attempt 1)`);
    const other = await runCli(['release', 'start', ...wish, ...kafka, ...where]);
    expect(other).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(releaseId) });

    await commitOffsets(sharedBroker(), [{ group, offsets: { [topic]: [10, 9] } }]);
    const judged = await runCli(['gate', 'judge', '--release', releaseId, ...where]);
    expect(judged).toMatchObject({ code: 4, stdout: expect.stringMatching(/^CONTINUE/) });
    const finish = await runCli(['release', 'finish', '--release', releaseId, ...kafka, ...where]);
    expect(finish).toMatchObject({ code: 0, stderr: '' });
    const table = openTable({ tableName, endpoint: server.endpoint });
    const ledger = dynamoReleaseLedger({ table, clock: { nowMs: () => Date.now() }, retentionMs: 86_400_000 });
    const attempt = (await ledger.read(releaseId))?.attempt;
    const committed = [attempt?.start, attempt?.finish].map((marker) =>
      marker?.partitions.map(({ committedOffset, log }) => [committedOffset, log?.endOffset]),
    );
    expect(committed).toEqual([
      [
        [4, 10],
        [6, 10],
      ],
      [
        [10, 10],
        [9, 10],
      ],
    ]);
  });
});
