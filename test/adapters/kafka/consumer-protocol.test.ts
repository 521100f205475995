import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMemberAssignment, readMemberRack } from '../../../lambdas/adapters/kafka/api/consumer-protocol.ts';
import { MalformedBytes } from '../../../lambdas/adapters/kafka/wire/byte-reader.ts';
import { anyWire, encodeWire, quotedGrammar, type WireValue } from '../../builders/wire-grammar.ts';

const FILE = 'lambdas/adapters/kafka/api/consumer-protocol.ts';
const ASSIGNMENT = quotedGrammar(FILE, 'v0 member_assignment');
const METADATA = quotedGrammar(FILE, 'v3 member_metadata');

type Fields = Record<string, WireValue>;

test('an assignment is read by its quoted layout, whatever a newer version appends', () => {
  fc.assert(
    fc.property(anyWire(ASSIGNMENT), fc.uint8Array({ maxLength: 8 }), (wire, appended) => {
      const read = readMemberAssignment(Buffer.concat([encodeWire(ASSIGNMENT, wire), appended]));
      expect(read).toEqual((wire as Fields)['assigned_partitions']);
    }),
  );
});

test('the rack stands in the metadata from version 3 on', () => {
  fc.assert(
    fc.property(anyWire(METADATA), fc.integer({ min: 0, max: 9 }), (wire, version) => {
      const bytes = encodeWire(METADATA, { ...(wire as Fields), version });
      expect(readMemberRack(bytes)).toBe(version >= 3 ? (wire as Fields)['rack_id'] : null);
    }),
  );
});

test('no bytes: assigned nothing, no rack', () => {
  expect(readMemberAssignment(Buffer.alloc(0))).toEqual([]);
  expect(readMemberRack(Buffer.alloc(0))).toBeNull();
});

test('bytes of another format are refused, not guessed at', () => {
  expect(() => readMemberAssignment(Buffer.from('{"tasks":[1]}'))).toThrow(MalformedBytes);
});
