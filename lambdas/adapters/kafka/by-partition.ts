import { PARTITIONS_MAX } from './cluster-layout.ts';
import { MalformedBytes } from './wire/byte-reader.ts';

/** Pairs of partition and value as an array indexed by partition, at least `length` long, null where nothing is known. */
export function byPartition<Value>(pairs: Iterable<readonly [number, Value]>, length: number): (Value | null)[] {
  const values: (Value | null)[] = new Array<Value | null>(length).fill(null);
  for (const [partition, value] of pairs) {
    if (partition < 0 || partition >= PARTITIONS_MAX) {
      throw new MalformedBytes(`partition number ${partition}`);
    }
    while (values.length <= partition) values.push(null);
    values[partition] = value;
  }
  return values;
}
