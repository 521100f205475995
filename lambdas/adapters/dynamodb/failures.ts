import { type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { SluicegateError } from '../../core/errors.ts';

/** A client's failure in our words: which table, where, and what to do. */
export async function translated(cause: unknown, client: DynamoDBClient, tableName: string): Promise<SluicegateError> {
  if (cause instanceof SluicegateError) return cause;
  const place = await placeOf(client);
  if (cause instanceof ResourceNotFoundException) {
    return new SluicegateError(
      'TABLE_MISSING',
      `there is no table "${tableName}" ${place}: deploy the stack, or correct the table's name or the region`,
      { cause },
    );
  }
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new SluicegateError(
    'STORE_UNREACHABLE',
    `DynamoDB ${place} did not serve table "${tableName}" (${name === 'Error' ? '' : `${name}: `}${message}): ${adviceFor(name, message)}`,
    { cause },
  );
}

function adviceFor(name: string, message: string): string {
  if (message === 'Region is missing') return 'set AWS_REGION to the region of the stack';
  if (name === 'AccessDeniedException') return 'allow this principal to read and write the table';
  if (/Credentials|UnrecognizedClient|ExpiredToken/.test(name)) return 'give it valid AWS credentials';
  if (/Throttling|Throughput|LimitExceeded/.test(name)) return 'it is over its capacity; the next run tries again';
  if (name === 'ValidationException') return 'please report this message as a defect';
  return 'check the network, the endpoint and the region';
}

/** "at http://…" or "in eu-west-1", as the client is configured. */
async function placeOf({ config }: DynamoDBClient): Promise<string> {
  const endpoint = await config.endpoint?.();
  if (endpoint) {
    const port = endpoint.port === undefined ? '' : `:${endpoint.port}`;
    return `at ${endpoint.protocol}//${endpoint.hostname}${port}`;
  }
  return config.region().then(
    (region) => `in ${region}`,
    () => 'in no region (none is configured)',
  );
}
