import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnReader } from '../../../../../lambdas/core/bytes/column-reader.ts';
import { columnWriter } from '../../../../../lambdas/core/bytes/column-writer.ts';
import { textReader, textWriter } from '../../../../../lambdas/core/status/default/checkpoint/known-texts.ts';

const anyText = fc.oneof(fc.constantFrom('orders', 'payments', '__proto__', ''), fc.string());

const written = (texts: readonly string[], known: readonly string[]): Uint8Array => {
  const columns = columnWriter(1);
  const write = textWriter(columns, 'name', known);
  for (const text of texts) write(text);
  return columns.finish();
};

test('any texts come back, known or not, in whatever order', () => {
  fc.assert(
    fc.property(fc.array(anyText), fc.array(anyText), (texts, known) => {
      const columns = columnReader(written(texts, known), 1);
      const read = textReader(columns, 'name', known);
      expect(texts.map(() => read())).toEqual(texts);
      columns.finish();
    }),
  );
});

test('known texts in their order take a byte each', () => {
  const known = Array.from({ length: 500 }, (_, index) => `topic-${index}`);
  expect(written(known, known).length).toBeLessThan(520);
});

test('a reader that knows fewer says so', () => {
  const bytes = written(['orders', 'payments'], ['orders', 'payments']);
  const read = textReader(columnReader(bytes, 1), 'name', ['orders']);
  expect(read()).toBe('orders');
  expect(() => read()).toThrow('names a text that is not known');
});
