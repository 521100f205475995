import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORMATS, type Format, seal, unseal } from '../../../../lambdas/adapters/dynamodb/packing/envelope.ts';

const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' });
const content = fc.uint8Array({ minLength: 0, maxLength: 300 });

test('anything comes back', () => {
  fc.assert(
    fc.property(content, (bytes) => {
      expect([...unseal('frame', seal('frame', bytes).bytes)]).toEqual([...bytes]);
    }),
  );
});

test('any flipped bit is an error, never other content', () => {
  fc.assert(
    fc.property(content, fc.nat(), (bytes, at) => {
      const damaged = Uint8Array.from(seal('frame', bytes).bytes);
      const bit = at % (damaged.length * 8);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal('frame', damaged)).toThrow(corrupt);
    }),
  );
});

test('any truncation is an error, and so is anything added', () => {
  fc.assert(
    fc.property(content, fc.nat(), (bytes, at) => {
      const { bytes: sealed } = seal('frame', bytes);
      expect(() => unseal('frame', sealed.subarray(0, at % sealed.length))).toThrow(corrupt);
      expect(() => unseal('frame', Buffer.concat([sealed, Buffer.of(at % 256)]))).toThrow(corrupt);
    }),
  );
});

const formats = Object.keys(FORMATS) as Format[];

test.each(
  formats,
)('a %s of another release says what it is, which version this release reads, and what to do', (format) => {
  const sealed = Uint8Array.from(seal(format, Buffer.from('x')).bytes);
  expect(sealed[0]).toBe(FORMATS[format]);
  for (const other of [0, 99]) {
    sealed[0] = other;
    const said = `(${format}) has format version ${other}, and this release reads ${FORMATS[format]}: if a newer release wrote it, deploy that one`;
    expect(() => unseal(format, sealed)).toThrow(said);
  }
});

test('the same content has the same id, other content another, and a mix-up is noticed', () => {
  const [one, same, other] = ['a', 'a', 'b'].map((text) => seal('frame', Buffer.from(text)));
  expect(one?.id).toBe(same?.id);
  expect(() => unseal('frame', one?.bytes ?? Buffer.of(), other?.id)).toThrow(corrupt);
});
