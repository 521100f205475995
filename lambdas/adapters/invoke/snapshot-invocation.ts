import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SluicegateError } from '../../core/errors.ts';
import type { FreshReading } from '../../core/ports/fresh-reading.ts';

/** By function name, the clusters that it reads: what the stack puts into the environment. */
export type SnapshotFunctions = Readonly<Record<string, readonly string[]>>;

/** Has `snapshot` take a reading, by invoking it and waiting for its end. */
export const snapshotInvocation = ({
  client,
  functions,
}: {
  readonly client: LambdaClient;
  readonly functions: SnapshotFunctions;
}): FreshReading => ({
  async take({ cluster, slotMs }) {
    const [functionName] = Object.entries(functions).find(([, clusters]) => clusters.includes(cluster)) ?? [];
    if (functionName === undefined) throw failed(cluster, 'no function of this stack reads it');
    const event = { cluster, slot: new Date(slotMs).toISOString(), fresh: true };
    const { FunctionError, Payload } = await invoked(client, functionName, event, cluster);
    if (FunctionError !== undefined) throw failed(cluster, errorMessageOf(Payload) ?? FunctionError);
  },
});

async function invoked(client: LambdaClient, functionName: string, event: object, cluster: string) {
  try {
    return await client.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }));
  } catch (cause) {
    throw failed(cluster, `${functionName} could not be invoked (${(cause as Error).message})`, cause);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function errorMessageOf(payload: Uint8Array | undefined): string | undefined {
  const { errorMessage }: { errorMessage?: string } = JSON.parse(Buffer.from(payload ?? []).toString() || '{}');
  return errorMessage;
}

const failed = (cluster: string, why: string, cause?: unknown): SluicegateError =>
  new SluicegateError('SNAPSHOT_FAILED', `${cluster} could not be read for an offset marker: ${why}`, { cause });
