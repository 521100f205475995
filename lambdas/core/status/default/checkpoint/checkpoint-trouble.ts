import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { newTrouble, type Trouble } from '../trouble.ts';
import { type FieldSet, fieldReader, fieldWriter, numbers, times } from './fields.ts';
import { idAt, placeOf } from './member-ids.ts';

const TROUBLE: FieldSet<Trouble> = {
  of: 'trouble',
  fields: [
    ...times<Trouble>('heldUntilMs'),
    ...numbers<Trouble>('open', 'advances', 'lagPeakMessages', 'highWaterOffset', 'skippedMessages'),
  ],
};

/** What the open rules of a partition remember, if any are open. */
export function troubleWriter(columns: ColumnWriter, atMs: number) {
  const is = columns.column('trouble');
  const owner = columns.column('trouble.ownerAtOpen');
  const write = fieldWriter(columns, TROUBLE, atMs);
  return ({ trouble }: PartitionMemory, ids: readonly string[]): void => {
    is.put(trouble === null ? 0 : 1);
    if (trouble === null) return;
    owner.put(placeOf(ids, trouble.ownerAtOpen));
    write(trouble);
  };
}

/** The opposite. */
export function troubleReader(columns: ColumnReader, atMs: number) {
  const is = columns.column('trouble');
  const owner = columns.column('trouble.ownerAtOpen');
  const read = fieldReader(columns, TROUBLE, atMs);
  return (p: PartitionMemory, ids: readonly string[]): void => {
    if (is.takeCount(1) === 0) return;
    p.trouble = newTrouble(idAt(ids, owner.takeCount()));
    read(p.trouble);
  };
}
