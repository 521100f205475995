import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/** Where the table is. */
export interface TableLocation {
  readonly tableName: string;
  /** An emulator's address. Absent: AWS, with the region and the credentials of the environment. */
  readonly endpoint?: string;
}

/** Without limits of its own the client would wait for a silent network until the function's time is over. */
const TIMEOUTS = { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Emulators take any, but keep tables apart by them. */
const EMULATED: DynamoDBClientConfig = {
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

/** DynamoDB's answers are well-formed: to check megabytes of them by a pattern first takes as long as to decode them thrice. */
function base64Decoder(text: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export const dynamoClient = (endpoint: string | undefined): DynamoDBClient =>
  new DynamoDBClient({
    requestHandler: TIMEOUTS,
    base64Decoder,
    ...(endpoint === undefined ? {} : { ...EMULATED, endpoint }),
  });
