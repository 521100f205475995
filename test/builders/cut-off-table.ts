import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';

/**
 * A table whose user is cut off at one of its requests: before it is made, or after it was and before the answer comes.
 * Nothing is thrown, which could be caught: whoever waits waits for ever, as a process that is gone. Each request counts
 * twice; the last step that is survived is the `survives`th.
 */
export function cutOffTable(table: Table, survives: number): { readonly table: Table; readonly gone: Promise<'gone'> } {
  let left = survives;
  const { promise: gone, resolve: tell } = Promise.withResolvers<'gone'>();
  const never = new Promise<never>(() => {});
  async function step(): Promise<void> {
    left -= 1;
    if (left >= 0) return;
    tell('gone');
    await never;
  }
  const mortal =
    <Arguments extends readonly unknown[], Result>(request: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      await step();
      const result = await request(...given);
      await step();
      return result;
    };
  return {
    gone,
    table: {
      get: mortal(table.get),
      async *query(range) {
        await step();
        yield* table.query(range);
        await step();
      },
      getAll: mortal(table.getAll),
      putIf: mortal(table.putIf),
      updateIf: mortal(table.updateIf),
      putAll: mortal(table.putAll),
    },
  };
}
