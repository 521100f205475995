import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader, MalformedBytes } from '../../../lambdas/adapters/kafka/wire/byte-reader.ts';
import { ByteWriter } from '../../../lambdas/adapters/kafka/wire/byte-writer.ts';
import { anyWire, decodeWire, encodeWire, quotedGrammar } from '../../builders/wire-grammar.ts';
import { CODECS } from './codec-cases.ts';

const layout = (file: string, heading: string) => quotedGrammar(`lambdas/adapters/kafka/api/${file}.ts`, heading);

describe.each(CODECS)('$api.name', ({ api, file, requests, responses, request, requestFields, responseOf }) => {
  test('every version that it offers to speak is under test', () => {
    expect(Object.keys(requests).map(Number)).toEqual([...api.versions].sort((one, other) => one - other));
    expect(Object.keys(responses)).toEqual(Object.keys(requests));
  });

  test.each(Object.entries(requests))('v%s requests follow the quoted layout to the last byte', (version, like) => {
    const grammar = layout(file, `v${like} request`);
    fc.assert(
      fc.property(request, (any) => {
        const writer = new ByteWriter();
        api.encode(writer, any, Number(version));
        const { value, rest } = decodeWire(grammar, writer.bytes());
        expect(value).toEqual(requestFields(any, Number(version)));
        expect(rest).toHaveLength(0);
      }),
    );
  });

  test.each(
    Object.entries(responses),
  )('v%s responses are read as the quoted layout says, unknown tags skipped', (version, like) => {
    const grammar = layout(file, `v${like} response`);
    fc.assert(
      fc.property(anyWire(grammar), (wire) => {
        const reader = new ByteReader(encodeWire(grammar, wire));
        expect(api.decode(reader, Number(version))).toEqual(responseOf(wire, Number(version)));
        expect(reader.remaining).toBe(0);
      }),
    );
  });

  test.each(Object.entries(responses))('a v%s response that is cut short anywhere is refused', (version, like) => {
    const grammar = layout(file, `v${like} response`);
    fc.assert(
      fc.property(anyWire(grammar), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (wire, at) => {
        const whole = encodeWire(grammar, wire);
        const cut = whole.subarray(0, Math.floor(at * whole.length));
        expect(() => api.decode(new ByteReader(cut), Number(version))).toThrow(MalformedBytes);
      }),
    );
  });

  test.each(
    Object.entries(responses),
  )('hostile bytes in a v%s response are read or refused, nothing else', (version, like) => {
    const grammar = layout(file, `v${like} response`);
    const anySpoiled = fc.tuple(
      anyWire(grammar),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(anySpoiled, ([wire, changes]) => {
        const bytes = encodeWire(grammar, wire);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        try {
          api.decode(new ByteReader(bytes), Number(version));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytes);
        }
      }),
    );
  });
});
