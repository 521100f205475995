import { type Item, keyId, keyOf } from '../../lambdas/adapters/dynamodb/item.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';

/** A table in memory whose items can be touched. Every condition holds. */
export function memoryTable(): { readonly table: Table; readonly items: Map<string, Item> } {
  const items = new Map<string, Item>();
  const put = (item: Item) => void items.set(keyId(keyOf(item)), item);
  return {
    items,
    table: {
      get: async (key) => items.get(keyId(key)) ?? null,
      async *query({ partition, from, until, last }) {
        const within = [...items.values()]
          .map((item) => ({ item, ...keyOf(item) }))
          .filter((one) => one.partition === partition && one.sort >= from && one.sort <= until)
          .toSorted((one, other) => (one.sort < other.sort ? -1 : 1));
        yield* (last === undefined ? within : within.toReversed().slice(0, last)).map(({ item }) => item);
      },
      getAll: async (keys) =>
        new Map(keys.map(keyId).flatMap((id) => (items.has(id) ? [[id, items.get(id) ?? {}]] : []))),
      async putIf(item) {
        put(item);
        return true;
      },
      async updateIf({ partition, sort }, set) {
        put({ ...items.get(keyId({ partition, sort })), pk: { S: partition }, sk: { S: sort }, ...set });
        return true;
      },
      putAll: async (all) => all.forEach(put),
    },
  };
}
