import { type AttributeValue, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { dynamoClient, type TableLocation } from '../../lambdas/adapters/dynamodb/client.ts';

type Item = Record<string, AttributeValue>;

async function scanned({ tableName, endpoint }: TableLocation): Promise<readonly Item[]> {
  const client = dynamoClient(endpoint);
  const pages = await Array.fromAsync(paginateScan({ client }, { TableName: tableName }));
  client.destroy();
  return pages.flatMap(({ Items = [] }) => Items);
}

/** Everything that a table holds, each item as one text. */
export const everyItem = async (location: TableLocation): Promise<readonly string[]> =>
  (await scanned(location)).map(textOf);

/** Has the items whose partition begins so say that a newer version wrote them; gives them as they are then, as texts. */
export async function madeNewer(location: TableLocation, partition: string): Promise<readonly string[]> {
  const client = dynamoClient(location.endpoint);
  const newer = (await scanned(location))
    .filter((item) => item['pk']?.S?.startsWith(partition))
    .map(inNewerFormat)
    .filter((item) => item !== null);
  for (const item of newer) await client.send(new PutItemCommand({ TableName: location.tableName, Item: item }));
  client.destroy();
  return newer.map(textOf);
}

/** Newer than any format will be for long. */
const NEWER = 99;

/** What is packed begins with the version of its format. Null: it is not packed. */
function inNewerFormat(item: Item): Item | null {
  const [packed] = Object.entries(item).filter(([, value]) => value.B !== undefined);
  if (packed === undefined) return null;
  const [name, { B: body = new Uint8Array() }] = packed;
  return { ...item, [name]: { B: Uint8Array.from([NEWER, ...body.subarray(1)]) } };
}

const textOf = (item: Item): string => JSON.stringify(Object.fromEntries(Object.entries(item).toSorted()));
