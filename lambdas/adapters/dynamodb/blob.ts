import { corrupt } from '../../core/bytes/corrupt.ts';
import { bodyOf, type Item, type Key, keyId, packedItem } from './item.ts';
import { type Format, type Sealed, unseal } from './packing/envelope.ts';

/** Sealed content in one item or more: DynamoDB takes 400 KB, keys and names included. */
const ITEM_BYTES_MAX = 350_000;

export const itemsOf = ({ bytes }: Sealed): number => Math.ceil(bytes.length / ITEM_BYTES_MAX);

/** @param keyOf by number, counted from 0 */
export const blobItems = (sealed: Sealed, keyOf: (item: number) => Key, expiresAtS: number): Item[] =>
  Array.from({ length: itemsOf(sealed) }, (_, item) =>
    packedItem(keyOf(item), sealed.bytes.subarray(item * ITEM_BYTES_MAX, (item + 1) * ITEM_BYTES_MAX), expiresAtS),
  );

/** More than any content takes: what is larger was never written. */
const ITEMS_MAX = 1_000;

/** The keys of all items of some content, by their number as it is stored. Throws STORE_CORRUPT for none that could be. */
export function blobKeys(items: number, keyOf: (item: number) => Key): readonly Key[] {
  if (!Number.isInteger(items) || items < 1 || items > ITEMS_MAX) throw corrupt(`can not have ${items} parts`);
  return Array.from({ length: items }, (_, item) => keyOf(item));
}

/** The content again. Throws STORE_CORRUPT if an item is missing or damaged, naming the key. */
export function blobContent(
  format: Format,
  found: ReadonlyMap<string, Item>,
  { keys, id }: { readonly keys: readonly Key[]; readonly id: string },
): Uint8Array {
  const bodies = keys.map((key) => {
    const item = found.get(keyId(key));
    if (item === undefined) throw corrupt(`(${key.partition} ${key.sort}) is missing`);
    return bodyOf(item);
  });
  return unseal(format, bodies.length === 1 && bodies[0] ? bodies[0] : Buffer.concat(bodies), id);
}
