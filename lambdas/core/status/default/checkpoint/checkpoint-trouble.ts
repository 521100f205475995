import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { newTrouble, type Trouble } from '../trouble.ts';
import { inBlocks } from './blocks.ts';
import { type FieldSet, fieldsReader, fieldsWriter, numbers, times } from './fields.ts';
import { idAt, placeOf } from './member-ids.ts';

const TROUBLE: FieldSet<Trouble> = {
  of: 'trouble',
  fields: [
    ...times<Trouble>('heldUntilMs'),
    ...numbers<Trouble>('open', 'advances', 'lagPeakMessages', 'highWaterOffset', 'skippedMessages'),
  ],
};

/** What the open rules of partitions remember, where any are open. */
export interface TroubleColumns {
  code(partition: PartitionMemory, ids: readonly string[]): void;
  /** After the last partition. */
  end(): void;
}

export function troubleWriter(columns: ColumnWriter, atMs: number): TroubleColumns {
  const is = columns.column('trouble');
  const owner = columns.column('trouble.ownerAtOpen');
  const blocks = inBlocks<Trouble, null>(fieldsWriter(columns, TROUBLE, atMs));
  return {
    code({ trouble }, ids) {
      is.put(trouble === null ? 0 : 1);
      if (trouble === null) return;
      owner.put(placeOf(ids, trouble.ownerAtOpen));
      blocks.add(trouble, null);
    },
    end: blocks.end,
  };
}

/** The opposite. */
export function troubleReader(columns: ColumnReader, atMs: number): TroubleColumns {
  const is = columns.column('trouble');
  const owner = columns.column('trouble.ownerAtOpen');
  const blocks = inBlocks<Trouble, null>(fieldsReader(columns, TROUBLE, atMs));
  return {
    code(p, ids) {
      if (is.takeCount(1) === 0) return;
      p.trouble = newTrouble(idAt(ids, owner.takeCount()));
      blocks.add(p.trouble, null);
    },
    end: blocks.end,
  };
}
