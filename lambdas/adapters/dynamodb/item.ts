import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { TABLE_KEYS } from '../../contract.ts';
import { corrupt } from '../../core/bytes/corrupt.ts';

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

/** What an attribute holds as JSON; null without it. Throws STORE_CORRUPT if it holds anything but an object. */
export function jsonIn<Content extends object>(item: Item, attribute: string): Content | null {
  const value = item[attribute];
  if (value === undefined) return null;
  const content = parsed(value.S ?? '');
  if (typeof content === 'object' && content !== null) return content as Content;
  const { partition, sort } = keyOf(item);
  throw corrupt(`(${partition} ${sort}) holds no JSON in "${attribute}"`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (_notJson) {
    return null;
  }
}

/** Epoch seconds; never is infinity. */
export const expiresAtSOf = (item: Item): number => Number(item[TABLE_KEYS.expiresAtS]?.N ?? Number.POSITIVE_INFINITY);
