import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS } from '../../contract.ts';

export type Item = Record<string, AttributeValue>;

/** Where an item stands in the one table. */
export interface Key {
  readonly partition: string;
  readonly sort: string;
}

/** Short, because every item carries it. */
const BODY = 'b';

export const keyAttributes = ({ partition, sort }: Key): Item => ({
  [TABLE_KEYS.partition]: { S: partition },
  [TABLE_KEYS.sort]: { S: sort },
});

export const keyOf = (item: Item): Key => ({
  partition: item[TABLE_KEYS.partition]?.S ?? '',
  sort: item[TABLE_KEYS.sort]?.S ?? '',
});

/** One string for a key, to look it up by. */
export const keyId = ({ partition, sort }: Key): string => JSON.stringify([partition, sort]);

/** @param expiresAtS epoch seconds; null: never */
export const packedItem = (key: Key, body: Uint8Array, expiresAtS: number | null): Item => ({
  ...keyAttributes(key),
  [BODY]: { B: body },
  ...(expiresAtS === null ? {} : { [TABLE_KEYS.expiresAtS]: { N: `${expiresAtS}` } }),
});

export const bodyOf = (item: Item): Uint8Array => item[BODY]?.B ?? new Uint8Array();

/** Epoch seconds; never is infinity. */
export const expiresAtSOf = (item: Item): number => Number(item[TABLE_KEYS.expiresAtS]?.N ?? Number.POSITIVE_INFINITY);
