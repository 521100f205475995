import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { corrupt } from '../../core/bytes/corrupt.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EvaluationStep, EvaluationStore, StoredCheckpoint } from '../../core/ports/evaluation-store.ts';
import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { RulesetName } from '../../core/status/ruleset.ts';
import { blobContent, blobItems, blobKeys, itemsOf } from './blob.ts';
import { type Item, jsonIn, type Key, keyOf } from './item.ts';
import { type Sealed, seal } from './packing/envelope.ts';
import type { LogsAt } from './packing/expected-time-lag.ts';
import { packVerdicts, unpackVerdicts } from './packing/verdict-codec.ts';
import type { Condition, Table } from './table.ts';

/** Attributes of the position item. The slot is what a step is conditional on; the others are JSON. */
const SLOT = 'slot';
const VERDICTS = 'verdicts';
const CHECKPOINT = 'checkpoint';

/** Only the newest verdicts are read; a checkpoint older than this is worth less than learning anew. */
const VERDICTS_KEPT_S = 86_400;
const CHECKPOINT_KEPT_S = 2 * 86_400;

/** Where the position points to: written before it, under keys that name its content. */
interface StoredBlob {
  readonly slotMs: number;
  readonly id: string;
  readonly items: number;
  readonly expiresAtS: number;
}

interface StoredVerdicts extends StoredBlob {
  /** The slot of the sample before, which they are packed against as well. */
  readonly beforeSlotMs: number | null;
}

interface StoredCheckpointBlob extends StoredBlob {
  readonly ruleset: RulesetName;
}

interface EvaluationStoreParts {
  readonly table: Table;
  /** Verdicts are kept as what the slot's sample does not tell. */
  readonly history: HistoryStore;
  readonly clock: Clock;
}

/** Evaluation's place and its answers in DynamoDB. */
export function dynamoEvaluationStore({ table, history, clock }: EvaluationStoreParts): EvaluationStore {
  const nowS = () => Math.floor(clock.nowMs() / 1_000);

  /** Null when it has expired, deleted or not. */
  async function contentOf(cluster: string, kind: BlobKind, blob: StoredBlob | null): Promise<Uint8Array | null> {
    if (blob === null || blob.expiresAtS <= nowS()) return null;
    const keys = blobKeys(blob.items, (item) => blobKey(cluster, kind, blob, item));
    return blobContent(kind, await table.getAll(keys), { keys, id: blob.id });
  }

  async function checkpointOf(cluster: string, position: Item | null): Promise<StoredCheckpoint | null> {
    const stored = position && jsonIn<StoredCheckpointBlob>(position, CHECKPOINT);
    const content = await contentOf(cluster, 'checkpoint', stored);
    if (stored === null || content === null) return null;
    return { slotMs: stored.slotMs, ruleset: stored.ruleset, memory: content };
  }

  return {
    async readPosition(cluster) {
      const position = await table.get(positionKey(cluster));
      return { slotMs: slotOf(position), readCheckpoint: () => checkpointOf(cluster, position) };
    },

    async advance(step) {
      const { cluster, fromSlotMs } = step;
      const { blobs, set } = stepOf(step, nowS());
      await table.putAll(blobs);
      const moved = await table.updateIf(positionKey(cluster), set, standsAt(fromSlotMs));
      return moved ? 'advanced' : 'conflict';
    },

    async readVerdicts(cluster) {
      const position = await table.get(positionKey(cluster));
      const stored = position && jsonIn<StoredVerdicts>(position, VERDICTS);
      const content = await contentOf(cluster, 'verdicts', stored);
      if (stored === null || content === null) return null;
      const { slotMs, beforeSlotMs } = stored;
      let before: LogsAt | null = null;
      for await (const sample of history.read({
        cluster,
        afterSlotMs: (beforeSlotMs ?? slotMs) - 1,
        untilSlotMs: slotMs,
      })) {
        if (sample.slotMs === slotMs) return unpackVerdicts(content, { snapshot: sample.snapshot, before });
        if (sample.slotMs === beforeSlotMs) before = sample.snapshot;
      }
      return null; // The sample has expired, and its verdicts with it.
    },
  };
}

type BlobKind = 'verdicts' | 'checkpoint';

const partitionOf = (cluster: string): string => `evaluation#${cluster}`;

const positionKey = (cluster: string): Key => ({ partition: partitionOf(cluster), sort: 'position' });

const blobKey = (
  cluster: string,
  kind: BlobKind,
  { slotMs, id }: Pick<StoredBlob, 'slotMs' | 'id'>,
  item: number,
): Key => ({
  partition: partitionOf(cluster),
  sort: `${kind}#${slotMs}#${id}#${item}`,
});

/** What a step writes: first the blobs, then the position that points to them. */
function stepOf({ cluster, to, snapshot, before, checkpoint }: EvaluationStep, nowS: number) {
  const verdicts = seal('verdicts', packVerdicts(to, { snapshot, before: before?.logs ?? null }));
  const verdictsBlob: StoredVerdicts = {
    ...storedBlob(verdicts, to.slotMs, nowS + VERDICTS_KEPT_S),
    beforeSlotMs: before?.slotMs ?? null,
  };
  const blobs = blobItems(
    verdicts,
    (item) => blobKey(cluster, 'verdicts', verdictsBlob, item),
    verdictsBlob.expiresAtS,
  );
  const set: Item = { [SLOT]: { N: `${to.slotMs}` }, [VERDICTS]: json(verdictsBlob) };
  if (checkpoint === null) return { blobs, set };
  const { slotMs, ruleset, memory } = checkpoint;
  const sealed = seal('checkpoint', memory);
  const blob: StoredCheckpointBlob = { ...storedBlob(sealed, slotMs, nowS + CHECKPOINT_KEPT_S), ruleset };
  const items = blobItems(sealed, (item) => blobKey(cluster, 'checkpoint', blob, item), blob.expiresAtS);
  return { blobs: [...blobs, ...items], set: { ...set, [CHECKPOINT]: json(blob) } };
}

const storedBlob = (sealed: Sealed, slotMs: number, expiresAtS: number): StoredBlob => ({
  slotMs,
  id: sealed.id,
  items: itemsOf(sealed),
  expiresAtS,
});

const standsAt = (slotMs: number | null): Condition =>
  slotMs === null
    ? { expression: `attribute_not_exists(${SLOT})` }
    : { expression: `${SLOT} = :from`, values: { ':from': { N: `${slotMs}` } } };

function slotOf(position: Item | null): number | null {
  if (position === null) return null;
  const slotMs = Number(position[SLOT]?.N);
  if (Number.isSafeInteger(slotMs)) return slotMs;
  throw corrupt(`(${keyOf(position).partition} position) has no slot`);
}

const json = (value: unknown): AttributeValue => ({ S: JSON.stringify(value) });
