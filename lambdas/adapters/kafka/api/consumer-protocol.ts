import { ByteReader } from '../wire/byte-reader.ts';

/**
 * What a classic consumer is assigned, out of the bytes that its group's leader wrote. Empty bytes: nothing.
 * ```
 * v0 member_assignment
 *   version i16, assigned_partitions arr<{ topic str, partitions arr<i32> }>, user_data bytes?
 * ```
 * v1 to v3 look the same; what newer ones add stands behind and is ignored.
 */
export function readMemberAssignment(bytes: Buffer): { topic: string; partitions: number[] }[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  reader.int16();
  return readTopicPartitions(reader);
}

/**
 * The rack that a classic consumer names (v3 of its metadata), or null.
 * ```
 * v3 member_metadata
 *   version i16, topics arr<str>, user_data bytes?, owned_partitions arr<{ topic str, partitions arr<i32> }>,
 *   generation_id i32, rack_id str?
 * ```
 */
export function readMemberRack(bytes: Buffer): string | null {
  if (bytes.length === 0) return null;
  const reader = new ByteReader(bytes);
  if (reader.int16() < 3) return null;
  reader.array(() => reader.string());
  reader.skip(Math.max(0, reader.int32()));
  readTopicPartitions(reader);
  reader.int32();
  return reader.nullableString();
}

function readTopicPartitions(reader: ByteReader): { topic: string; partitions: number[] }[] {
  return reader.array(() => ({ topic: reader.string(), partitions: reader.array(() => reader.int32()) }));
}
