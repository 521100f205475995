/** The bytes are not what the wire grammar says. Carries no bytes: they may hold client metadata. */
export class MalformedBytes extends Error {
  override readonly name = 'MalformedBytes';
}

/** Kafka's own largest string is an i16 length; a varint of five bytes holds every count that fits a frame. */
const VARINT_BYTES_MAX = 5;

/**
 * Reads Kafka's primitive types off one frame, front to back.
 *
 * Every length is checked against the bytes that are left before anything is allocated, so that hostile bytes
 * end in `MalformedBytes` and never in a long loop or a large array. Method names follow the wire grammar: a leading
 * `compact` is the flexible encoding (unsigned varint of length + 1).
 */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#take(1));
  }

  bool(): boolean {
    return this.int8() !== 0;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  /** Inexact beyond 2^53: whoever keeps the value checks it with `Number.isSafeInteger`. */
  int64(): number {
    const at = this.#take(8);
    return this.#bytes.readInt32BE(at) * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 4);
  }

  unsignedVarint(): number {
    let value = 0;
    for (let index = 0; index < VARINT_BYTES_MAX; index += 1) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return value;
    }
    throw new MalformedBytes(`a varint of more than ${VARINT_BYTES_MAX} bytes at byte ${this.#at}`);
  }

  string(): string {
    return this.nullableString() ?? this.#refuseNull('string');
  }

  nullableString(): string | null {
    return this.#text(this.int16());
  }

  compactString(): string {
    return this.compactNullableString() ?? this.#refuseNull('string');
  }

  compactNullableString(): string | null {
    return this.#text(this.unsignedVarint() - 1);
  }

  /** A view into the frame, not a copy. */
  compactBytes(): Buffer {
    const length = this.unsignedVarint() - 1;
    if (length < 0) return this.#refuseNull('byte array');
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** Skips what is not needed: no string is made of it. */
  skip(length: number): void {
    this.#take(length);
  }

  skipUuid(): void {
    this.#take(16);
  }

  skipCompactString(): void {
    this.#take(Math.max(0, this.unsignedVarint() - 1));
  }

  /** For each item calls `item`, which must consume at least one byte: that is what bounds the count. */
  array<Item>(item: (reader: ByteReader) => Item): Item[] {
    return this.#items(this.int32(), item) ?? this.#refuseNull('array');
  }

  compactArray<Item>(item: (reader: ByteReader) => Item): Item[] {
    return this.compactNullableArray(item) ?? this.#refuseNull('array');
  }

  compactNullableArray<Item>(item: (reader: ByteReader) => Item): Item[] | null {
    return this.#items(this.unsignedVarint() - 1, item);
  }

  /** A struct with a presence byte: −1 absent, 1 present. */
  nullableStruct<Value>(struct: (reader: ByteReader) => Value): Value | null {
    return this.int8() < 0 ? null : struct(this);
  }

  /** Tagged fields of any kind; a newer broker may add some, and none is needed here. */
  skipTags(): void {
    const count = this.unsignedVarint();
    this.#boundCount(count);
    for (let index = 0; index < count; index += 1) {
      this.unsignedVarint();
      this.skip(this.unsignedVarint());
    }
  }

  #items<Item>(count: number, item: (reader: ByteReader) => Item): Item[] | null {
    if (count < 0) return null;
    this.#boundCount(count);
    const items: Item[] = [];
    for (let index = 0; index < count; index += 1) items.push(item(this));
    return items;
  }

  #boundCount(count: number): void {
    if (count > this.remaining) {
      throw new MalformedBytes(`a count of ${count} at byte ${this.#at}, but only ${this.remaining} bytes follow`);
    }
  }

  #text(length: number): string | null {
    if (length < 0) return null;
    const start = this.#take(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  #take(length: number): number {
    if (length > this.remaining) {
      throw new MalformedBytes(`${length} bytes expected at byte ${this.#at}, but only ${this.remaining} follow`);
    }
    const start = this.#at;
    this.#at += length;
    return start;
  }

  #refuseNull(what: string): never {
    throw new MalformedBytes(`a null ${what} before byte ${this.#at} where the protocol allows none`);
  }
}
