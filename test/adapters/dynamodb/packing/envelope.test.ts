import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seal, unseal } from '../../../../lambdas/adapters/dynamodb/packing/envelope.ts';

const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' });
const content = fc.uint8Array({ minLength: 0, maxLength: 300 });

test('anything comes back', () => {
  fc.assert(
    fc.property(content, (bytes) => {
      expect([...unseal(seal(bytes).bytes)]).toEqual([...bytes]);
    }),
  );
});

test('any flipped bit is an error, never other content', () => {
  fc.assert(
    fc.property(content, fc.nat(), (bytes, at) => {
      const damaged = Uint8Array.from(seal(bytes).bytes);
      const bit = at % (damaged.length * 8);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(damaged)).toThrow(corrupt);
    }),
  );
});

test('any truncation is an error, and so is anything added', () => {
  fc.assert(
    fc.property(content, fc.nat(), (bytes, at) => {
      const { bytes: sealed } = seal(bytes);
      expect(() => unseal(sealed.subarray(0, at % sealed.length))).toThrow(corrupt);
      expect(() => unseal(Buffer.concat([sealed, Buffer.of(at % 256)]))).toThrow(corrupt);
    }),
  );
});

test('a version of the future says which one it is, which one this release reads, and what to do', () => {
  const sealed = Uint8Array.from(seal(Buffer.from('x')).bytes);
  sealed[0] = 9;
  expect(() => unseal(sealed)).toThrow(/format version 9, and this release reads 1: .* deploy that one/);
});

test('the same content has the same id, other content another, and a mix-up is noticed', () => {
  const [one, same, other] = ['a', 'a', 'b'].map((text) => seal(Buffer.from(text)));
  expect(one?.id).toBe(same?.id);
  expect(() => unseal(one?.bytes ?? Buffer.of(), other?.id)).toThrow(corrupt);
});
