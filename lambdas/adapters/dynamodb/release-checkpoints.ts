import { TABLE_KEYS } from '../../contract.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { AttemptKey, JudgementCheckpoint, ReleaseLedger } from '../../core/ports/release-ledger.ts';
import { blobContent, blobItems, blobKeys, itemsOf } from './blob.ts';
import { expiresAtSOf, type Item, jsonIn, type Key, keyAttributes } from './item.ts';
import { seal } from './packing/envelope.ts';
import type { Table } from './table.ts';

/** Without it a judgement is made from the samples anew, which takes longer and comes to the same. */
const KEPT_S = 2 * 86_400;

/** Where the newest checkpoint lies: it may need several items, which are written before this one points to them. */
interface Pointer {
  readonly slotMs: number;
  readonly id: string;
  readonly items: number;
}
const POINTER = 'blob';

const FORMAT = "judgement's checkpoint";

/** Checkpoints of judgements, beside the entries: they are larger, and are written far more often. */
export function judgementCheckpoints({
  table,
  clock,
}: {
  readonly table: Table;
  readonly clock: Clock;
}): Pick<ReleaseLedger, 'readCheckpoint' | 'writeCheckpoint'> {
  return {
    async readCheckpoint(key) {
      const item = await table.get(pointerKey(key));
      if (item === null || expiresAtSOf(item) <= clock.nowMs() / 1_000) return null;
      const pointer = jsonIn<Pointer>(item, POINTER);
      if (pointer === null) return null;
      const keys = blobKeys(pointer.items, (place) => blobKey(key, pointer, place));
      const content = blobContent(FORMAT, await table.getAll(keys), { keys, id: pointer.id });
      return JSON.parse(Buffer.from(content).toString()) as JudgementCheckpoint;
    },
    async writeCheckpoint(key, checkpoint) {
      const sealed = seal(FORMAT, Buffer.from(JSON.stringify(checkpoint)));
      const pointer: Pointer = { slotMs: checkpoint.slotMs, id: sealed.id, items: itemsOf(sealed) };
      const expiresAtS = Math.ceil(clock.nowMs() / 1_000) + KEPT_S;
      await table.putAll(blobItems(sealed, (place) => blobKey(key, pointer, place), expiresAtS));
      await table.putAll([pointerItem(key, pointer, expiresAtS)]);
    },
  };
}

const partitionOf = ({ releaseId }: AttemptKey): string => `release#${releaseId}`;

const pointerKey = (key: AttemptKey): Key => ({ partition: partitionOf(key), sort: `checkpoint#${key.attempt}` });

const blobKey = (key: AttemptKey, { slotMs, id }: Pointer, place: number): Key => ({
  partition: partitionOf(key),
  sort: `checkpoint#${key.attempt}#${slotMs}#${id}#${place}`,
});

const pointerItem = (key: AttemptKey, pointer: Pointer, expiresAtS: number): Item => ({
  ...keyAttributes(pointerKey(key)),
  [POINTER]: { S: JSON.stringify(pointer) },
  [TABLE_KEYS.expiresAtS]: { N: `${expiresAtS}` },
});
