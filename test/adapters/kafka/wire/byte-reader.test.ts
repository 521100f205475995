import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, MalformedBytes } from '../../../../lambdas/adapters/kafka/wire/byte-reader.ts';
import { ByteWriter } from '../../../../lambdas/adapters/kafka/wire/byte-writer.ts';

const bytes = (hex: string) => new ByteReader(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test.each([
  { why: 'one byte', hex: '7f', value: 127 },
  { why: 'the first of two bytes', hex: '80 01', value: 128 },
  { why: "the protocol guide's 300", hex: 'ac 02', value: 300 },
  { why: 'all 32 bits', hex: 'ff ff ff ff 0f', value: 4_294_967_295 },
])('a varint, lowest seven bits first: $why', ({ hex, value }) => {
  expect(bytes(hex).unsignedVarint()).toBe(value);
  expect(new ByteWriter().unsignedVarint(value).bytes().toString('hex')).toBe(hex.replaceAll(' ', ''));
});

test.each([
  { why: 'null', hex: '00', text: null },
  { why: 'empty', hex: '01', text: '' },
  { why: 'two letters', hex: '03 6f 6b', text: 'ok' },
  { why: 'UTF-8 counts in bytes', hex: '03 c3 a9', text: 'é' },
])('a compact string has length + 1 before it: $why', ({ hex, text }) => {
  expect(bytes(hex).compactNullableString()).toBe(text);
});

test.each([
  { why: 'minus one', hex: 'ff ff ff ff ff ff ff ff', value: -1 },
  { why: 'the largest that is exact', hex: '00 1f ff ff ff ff ff ff', value: Number.MAX_SAFE_INTEGER },
  { why: 'a borrow over the word border', hex: 'ff ff ff ff 00 00 00 00', value: -4_294_967_296 },
])('an int64 is exact within 2^53: $why', ({ hex, value }) => {
  expect(bytes(hex).int64()).toBe(value);
});

test('an int64 beyond 2^53 shows that it is not exact', () => {
  expect(Number.isSafeInteger(bytes('00 20 00 00 00 00 00 00').int64())).toBe(false);
});

test('int64 is what was written, over the whole exact range', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(new ByteReader(new ByteWriter().int64(value).bytes()).int64()).toBe(value);
    }),
  );
});

test.each([
  {
    why: 'a compact array',
    hex: 'ff ff ff ff 0f',
    read: (reader: ByteReader) => reader.compactArray(() => reader.int8()),
  },
  { why: 'a classic array', hex: '7f ff ff ff', read: (reader: ByteReader) => reader.array(() => reader.int8()) },
  { why: 'a string', hex: 'ff ff ff ff 0f', read: (reader: ByteReader) => reader.compactString() },
  { why: 'a byte array', hex: 'ff ff ff ff 0f', read: (reader: ByteReader) => reader.compactBytes() },
  { why: 'tagged fields', hex: 'ff ff ff ff 0f', read: (reader: ByteReader) => reader.skipTags() },
  { why: 'the size of one tagged field', hex: '01 00 ff ff ff ff 0f', read: (reader: ByteReader) => reader.skipTags() },
])('a count of billions before a few bytes is refused at once: $why', ({ hex, read }) => {
  expect(() => read(bytes(hex))).toThrow(MalformedBytes);
});

test('a varint that never ends is refused', () => {
  expect(() => bytes('ff ff ff ff ff ff').unsignedVarint()).toThrow('a varint of more than 5 bytes');
});

test('null where the protocol allows none is refused', () => {
  expect(() => bytes('00').compactString()).toThrow('a null string');
  expect(() => bytes('ff ff').string()).toThrow('a null string');
  expect(() => bytes('00').compactArray(() => 0)).toThrow('a null array');
});

test('a writer keeps what it wrote when it has to grow', () => {
  const long = 'x'.repeat(5_000);
  const reader = new ByteReader(new ByteWriter().int16(7).compactString(long).int32(9).bytes());
  expect([reader.int16(), reader.compactString(), reader.int32()]).toEqual([7, long, 9]);
});
