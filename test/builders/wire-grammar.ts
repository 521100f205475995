import { readFileSync } from 'node:fs';
import fc from 'fast-check';

/**
 * The wire grammar that is quoted above each codec, as something to encode and decode by: an implementation of the
 * protocol's encoding that shares nothing with the codecs. So the comments cannot drift from what the code does.
 */
export type WireType =
  | { readonly kind: 'primitive'; readonly name: string; readonly nullable: boolean }
  | { readonly kind: 'array'; readonly compact: boolean; readonly nullable: boolean; readonly item: WireType }
  | { readonly kind: 'struct'; readonly nullable: boolean; readonly fields: readonly WireField[] };

export interface WireField {
  readonly name: string;
  readonly type: WireType;
}

/** Field values by the protocol's own names. Integers of 64 bits are bigints, byte arrays and uuids buffers. */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Buffer
  | WireValue[]
  | { [field: string]: WireValue };

/** The layout headed `v8 response` (or the like) in a source file's comments. */
export function quotedGrammar(file: string, heading: string): WireType {
  const comment = readFileSync(file, 'utf8').replaceAll(/^ \* ?/gm, '');
  const start = comment.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`${file} quotes no "${heading}"`);
  const [, body = ''] = /^\n.*\n((?: {2}.*\n)+)/.exec(comment.slice(start)) ?? [];
  return parseGrammar(body);
}

export function parseGrammar(text: string): WireType {
  const tokens: string[] = [...(text.match(/[A-Za-z_0-9]+\??|[<>{},]/g) ?? []), 'end'];
  const next = (): string => tokens.shift() ?? '';
  const type = (): WireType => {
    const token = next();
    if (token === '{') return { kind: 'struct', nullable: false, fields: fieldsUntil('}') };
    if (token === 'nullable') return { ...(type() as WireType & { kind: 'struct' }), nullable: true };
    const nullable = token.endsWith('?');
    const name = nullable ? token.slice(0, -1) : token;
    if (name !== 'arr' && name !== 'carr') return { kind: 'primitive', name, nullable };
    next();
    const item = type();
    next();
    return { kind: 'array', compact: name === 'carr', nullable, item };
  };
  const fieldsUntil = (end: string): WireField[] => {
    const fields: WireField[] = [];
    for (let token = next(); token !== end; token = next()) {
      if (token === ',') continue;
      if (token === '') throw new Error('the grammar ends too early');
      fields.push(
        token === 'tags'
          ? { name: 'tags', type: { kind: 'primitive', name: 'tags', nullable: false } }
          : { name: token, type: type() },
      );
    }
    return fields;
  };
  return { kind: 'struct', nullable: false, fields: fieldsUntil('end') };
}

export function encodeWire(type: WireType, value: WireValue): Buffer {
  switch (type.kind) {
    case 'struct': {
      if (type.nullable && value === null) return Buffer.of(0xff);
      const fields = type.fields.map((field) =>
        encodeWire(field.type, (value as Record<string, WireValue>)[field.name] ?? null),
      );
      return Buffer.concat(type.nullable ? [Buffer.of(1), ...fields] : fields);
    }
    case 'array': {
      const items = value as WireValue[] | null;
      const count = items === null ? -1 : items.length;
      const head = type.compact ? varint(count + 1) : int(4, BigInt(count));
      return Buffer.concat([head, ...(items ?? []).map((item) => encodeWire(type.item, item))]);
    }
    case 'primitive':
      return encodePrimitive(type.name, value);
  }
}

function encodePrimitive(name: string, value: WireValue): Buffer {
  const bytes = value === null || Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  switch (name) {
    case 'tags':
      return encodeTags(value);
    case 'bool':
      return Buffer.of(value === true ? 1 : 0);
    case 'uuid':
      return bytes ?? Buffer.alloc(16);
    case 'str':
      return Buffer.concat([int(2, BigInt(bytes?.length ?? -1)), bytes ?? Buffer.alloc(0)]);
    case 'bytes':
      return Buffer.concat([int(4, BigInt(bytes?.length ?? -1)), bytes ?? Buffer.alloc(0)]);
    case 'cstr':
    case 'cbytes':
      return Buffer.concat([varint((bytes?.length ?? -1) + 1), bytes ?? Buffer.alloc(0)]);
    default:
      return int(sizeOf(name), BigInt(value as number | bigint));
  }
}

/** Tagged fields that no reader knows: `[tag, bytes]` pairs. */
function encodeTags(value: WireValue): Buffer {
  const tags = (value ?? []) as [number, Buffer][];
  return Buffer.concat([
    varint(tags.length),
    ...tags.flatMap(([tag, bytes]) => [varint(tag), varint(bytes.length), bytes]),
  ]);
}

/** Decodes front to back, without tagged fields; `rest` is what the grammar does not cover. */
export function decodeWire(type: WireType, bytes: Buffer): { value: WireValue; rest: Buffer } {
  switch (type.kind) {
    case 'struct': {
      if (type.nullable && bytes.readInt8(0) < 0) return { value: null, rest: bytes.subarray(1) };
      let rest = type.nullable ? bytes.subarray(1) : bytes;
      const value: Record<string, WireValue> = {};
      for (const field of type.fields) {
        const decoded = decodeWire(field.type, rest);
        value[field.name] = decoded.value;
        rest = decoded.rest;
      }
      return { value, rest };
    }
    case 'array': {
      const head = type.compact ? readVarint(bytes) : { value: bytes.readInt32BE(0) + 1, rest: bytes.subarray(4) };
      let rest = head.rest;
      if (head.value === 0) return { value: null, rest };
      const items: WireValue[] = [];
      for (let index = 0; index < head.value - 1; index += 1) {
        const decoded = decodeWire(type.item, rest);
        items.push(decoded.value);
        rest = decoded.rest;
      }
      return { value: items, rest };
    }
    case 'primitive':
      return decodePrimitive(type.name, bytes);
  }
}

function decodePrimitive(name: string, bytes: Buffer): { value: WireValue; rest: Buffer } {
  const text = ({ value, rest }: { value: number; rest: Buffer }) => ({
    value: value < 0 ? null : rest.toString('utf8', 0, value),
    rest: rest.subarray(Math.max(0, value)),
  });
  if (name === 'bool') return { value: bytes[0] === 1, rest: bytes.subarray(1) };
  if (name === 'uuid') return { value: bytes.subarray(0, 16), rest: bytes.subarray(16) };
  if (name === 'str') return text({ value: bytes.readInt16BE(0), rest: bytes.subarray(2) });
  if (name === 'cstr') {
    const { value, rest } = readVarint(bytes);
    return text({ value: value - 1, rest });
  }
  if (name === 'tags') {
    let { value: count, rest } = readVarint(bytes);
    for (; count > 0; count -= 1) {
      const size = readVarint(readVarint(rest).rest);
      rest = size.rest.subarray(size.value);
    }
    return { value: [], rest };
  }
  const size = sizeOf(name);
  const value = name === 'i64' ? bytes.readBigInt64BE(0) : bytes.readIntBE(0, size);
  return { value, rest: bytes.subarray(size) };
}

/** Any value of a layout, unknown tagged fields included. */
export function anyWire(type: WireType): fc.Arbitrary<WireValue> {
  const value = anyPresent(type);
  return type.nullable ? fc.option(value, { nil: null }) : value;
}

function anyPresent(type: WireType): fc.Arbitrary<WireValue> {
  switch (type.kind) {
    case 'struct':
      return fc.record(Object.fromEntries(type.fields.map((field) => [field.name, anyWire(field.type)])));
    case 'array':
      return fc.array(anyWire(type.item), { maxLength: 4 });
    case 'primitive':
      return anyPrimitive(type.name);
  }
}

function anyPrimitive(name: string): fc.Arbitrary<WireValue> {
  const anyBytes = fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes));
  switch (name) {
    case 'bool':
      return fc.boolean();
    case 'str':
    case 'cstr':
      return fc.string({ unit: 'binary', maxLength: 8 }).map((text) => Buffer.from(text).toString('utf8'));
    case 'bytes':
    case 'cbytes':
      return anyBytes;
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes));
    case 'tags':
      return fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(300), anyBytes), { maxLength: 2 }) },
      ) as fc.Arbitrary<WireValue>;
    case 'i64':
      return fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
    default: {
      const half = 2 ** (8 * sizeOf(name) - 1);
      return name.startsWith('u') ? fc.nat(2 * half - 1) : fc.integer({ min: -half, max: half - 1 });
    }
  }
}

function sizeOf(name: string): number {
  const [, bits] = /^[iu](8|16|32|64)$/.exec(name) ?? [];
  if (bits === undefined) throw new Error(`the grammar has no type ${name}`);
  return Number(bits) / 8;
}

function int(size: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt.asIntN(64, value << BigInt(64 - 8 * size)));
  return bytes.subarray(0, size);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

function readVarint(bytes: Buffer): { value: number; rest: Buffer } {
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value |= (byte & 127) << (7 * index);
    if (byte < 128) return { value, rest: bytes.subarray(index + 1) };
  }
  throw new Error('a varint without an end');
}
