import { expect, test } from 'vitest';
import type { EvaluationStep, EvaluationStore, StoredCheckpoint } from '../../lambdas/core/ports/evaluation-store.ts';
import type { HistoryStore } from '../../lambdas/core/ports/history-store.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';
import { aBusySnapshot } from '../builders/busy-cluster.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../builders/verdict.ts';
import { PRESENT_MS } from './present.ts';

/** Evaluation follows history: whoever advances to a slot has read its sample. */
export interface EvaluationPlace {
  readonly history: HistoryStore;
  readonly evaluations: EvaluationStore;
}

/** @param open makes an empty place; each call of what it gives is another process's handle on that place */
export function evaluationStoreContract(open: () => Promise<() => EvaluationPlace>): void {
  test('a cluster never evaluated has no position and no verdicts', async () => {
    const { evaluations } = (await open())();
    expect(await placeOf(evaluations, 'prod')).toEqual({ slotMs: null, checkpoint: null });
    expect(await evaluations.readVerdicts('prod')).toBeNull();
  });

  test('moves from slot to slot and keeps the newest checkpoint', async () => {
    const handle = await open();
    expect(await advance(handle(), step(0, { from: null, checkpoint: checkpointAt(0) }))).toBe('advanced');
    expect(await advance(handle(), step(1, { from: 0 }))).toBe('advanced');
    expect(await placeOf(handle().evaluations, 'prod')).toEqual({ slotMs: slotAt(1), checkpoint: checkpointAt(0) });
    await advance(handle(), step(2, { from: 1, checkpoint: checkpointAt(2) }));
    expect(await placeOf(handle().evaluations, 'prod')).toEqual({ slotMs: slotAt(2), checkpoint: checkpointAt(2) });
  });

  test('who starts from an old position changes nothing', async () => {
    const handle = await open();
    await advance(handle(), step(0, { from: null, checkpoint: checkpointAt(0) }));
    await advance(handle(), step(1, { from: 0 }));
    expect(await advance(handle(), step(2, { from: null, checkpoint: checkpointAt(2) }))).toBe('conflict');
    expect(await advance(handle(), step(2, { from: 0, verdicts: [] }))).toBe('conflict');
    expect(await placeOf(handle().evaluations, 'prod')).toEqual({ slotMs: slotAt(1), checkpoint: checkpointAt(0) });
    expect((await handle().evaluations.readVerdicts('prod'))?.verdicts).toEqual(VERDICTS);
  });

  test('of two who take the same step, one advances', async () => {
    const handle = await open();
    const outcomes = await Promise.all([0, 0].map((slot) => advance(handle(), step(slot, { from: null }))));
    expect(outcomes.toSorted()).toEqual(['advanced', 'conflict']);
  });

  test('clusters do not meet', async () => {
    const handle = await open();
    await advance(handle(), step(0, { from: null }));
    expect(await placeOf(handle().evaluations, 'staging')).toEqual({ slotMs: null, checkpoint: null });
    expect(await handle().evaluations.readVerdicts('staging')).toBeNull();
  });

  test('the newest verdicts read back, of groups in trouble and of those that are fine', async () => {
    const handle = await open();
    await advance(handle(), step(0, { from: null, verdicts: [] }));
    await advance(handle(), step(1, { from: 0, verdicts: VERDICTS.toReversed() }));
    const read = await handle().evaluations.readVerdicts('prod');
    expect(read).toEqual({ slotMs: slotAt(1), atMs: aBusySnapshot(1).atMs, verdicts: VERDICTS });
  });

  test('a checkpoint larger than one item reads back', async () => {
    const handle = await open();
    const memory = Uint32Array.from({ length: 120_000 }, (_, n) => (n * 2_654_435_761) % 4_294_967_291);
    const checkpoint: StoredCheckpoint = {
      slotMs: slotAt(0),
      ruleset: 'default',
      memory: new Uint8Array(memory.buffer),
    };
    await advance(handle(), step(0, { from: null, checkpoint }));
    expect((await placeOf(handle().evaluations, 'prod')).checkpoint).toEqual(checkpoint);
  });
}

async function placeOf(evaluations: EvaluationStore, cluster: string) {
  const { slotMs, readCheckpoint } = await evaluations.readPosition(cluster);
  const checkpoint = await readCheckpoint();
  // Whatever kind of bytes a store gives.
  return { slotMs, checkpoint: checkpoint && { ...checkpoint, memory: Uint8Array.from(checkpoint.memory) } };
}

const slotAt = (minute: number): number => PRESENT_MS + minute * 60_000;

const checkpointAt = (minute: number): StoredCheckpoint => ({
  slotMs: slotAt(minute),
  ruleset: 'burrow',
  memory: Uint8Array.of(minute, 0, 255),
});

const REASON = { rule: 'stalled', numbers: { quietMs: 190_000 }, sentence: 'no progress for 190 s with 7 waiting' };

/** The busy cluster's, and groups that are not in the snapshot any more, in the order of their names. */
const VERDICTS: readonly GroupVerdict[] = [
  aGroupVerdict({
    lagMessages: 87,
    timeLag: { kind: 'atLeast', timeLagMs: 12_000 },
    partitions: new Map([
      [
        'orders',
        [
          aPartitionVerdict({ committedOffset: 1_001, logEndOffset: 1_011, lagMessages: 10 }),
          null,
          aPartitionVerdict({ committedOffset: 4, logEndOffset: 81, lagMessages: 77, owner: null }),
        ],
      ],
      ['unread', [aPartitionVerdict({ committedOffset: null, logEndOffset: null, lagMessages: null })]],
    ]),
  }),
  aTroubledGroup('FALLING_BEHIND', {
    group: 'gone',
    partitions: new Map([
      [
        'audit',
        [aPartitionVerdict({ status: 'FALLING_BEHIND', timeLag: { kind: 'known', timeLagMs: 1_000 }, reason: REASON })],
      ],
    ]),
  }),
  aGroupVerdict({
    group: 'long-gone',
    status: 'UNKNOWN',
    lagMessages: null,
    timeLag: { kind: 'unknown' },
    partitions: new Map(),
  }),
  aTroubledGroup('STALLED', { group: 'new-protocol', reason: REASON }),
];

interface StepPart {
  readonly from: number | null;
  readonly checkpoint?: StoredCheckpoint;
  readonly verdicts?: readonly GroupVerdict[];
}

function step(minute: number, { from, checkpoint, verdicts = VERDICTS }: StepPart): EvaluationStep {
  const snapshot = aBusySnapshot(minute);
  return {
    cluster: 'prod',
    fromSlotMs: from === null ? null : slotAt(from),
    to: { slotMs: slotAt(minute), atMs: snapshot.atMs, verdicts },
    snapshot,
    checkpoint: checkpoint ?? null,
  };
}

async function advance({ history, evaluations }: EvaluationPlace, taken: EvaluationStep) {
  await history.append({ slotMs: taken.to.slotMs, snapshot: taken.snapshot });
  return evaluations.advance(taken);
}
