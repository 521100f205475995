import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { snapshotInvocation } from '../../../lambdas/adapters/invoke/snapshot-invocation.ts';
import { T0_MS } from '../../builders/snapshots.ts';

function anInvocation() {
  const aws = mockClient(LambdaClient);
  const client = new LambdaClient({ region: 'eu-west-1' });
  const functions = { 'snapshot-a': ['prod'], 'snapshot-b': ['staging', 'dev'] };
  return { aws, reading: snapshotInvocation({ client, functions }) };
}

/** A payload as the client gives it: bytes that can say themselves. */
function answered(payload: object) {
  const text = JSON.stringify(payload);
  return { Payload: Object.assign(new TextEncoder().encode(text), { transformToString: () => text }) };
}

test('the function that reads the cluster is invoked, for one reading of its own', async () => {
  const { aws, reading } = anInvocation();
  aws.on(InvokeCommand).resolves(answered({ outcome: 'stored' }));
  await reading.take({ cluster: 'dev', slotMs: T0_MS + 1 });
  expect(aws.commandCalls(InvokeCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { FunctionName: 'snapshot-b', Payload: '{"cluster":"dev","slot":"2026-01-01T00:00:00.001Z","fresh":true}' },
  ]);
});

test.each([
  {
    why: 'the reading failed',
    prepare: (aws: ReturnType<typeof mockClient>) =>
      aws
        .on(InvokeCommand)
        .resolves({ FunctionError: 'Unhandled', ...answered({ errorMessage: 'no broker answered' }) }),
    says: 'no broker answered',
  },
  {
    why: 'it failed without a word',
    prepare: (aws: ReturnType<typeof mockClient>) => aws.on(InvokeCommand).resolves({ FunctionError: 'Unhandled' }),
    says: 'Unhandled',
  },
  {
    why: 'it could not be invoked',
    prepare: (aws: ReturnType<typeof mockClient>) => aws.on(InvokeCommand).rejects(new Error('not authorized')),
    says: 'snapshot-a could not be invoked (not authorized)',
  },
])('says so when $why', async ({ prepare, says }) => {
  const { aws, reading } = anInvocation();
  prepare(aws as ReturnType<typeof mockClient>);
  const taken = reading.take({ cluster: 'prod', slotMs: T0_MS + 1 });
  await expect(taken).rejects.toMatchObject({ code: 'SNAPSHOT_FAILED', message: expect.stringContaining(says) });
});

test('a cluster that no function reads is told by name', async () => {
  const { reading } = anInvocation();
  await expect(reading.take({ cluster: 'other', slotMs: 1 })).rejects.toThrow('other could not be read');
});
