import { corrupt } from '../core/bytes/corrupt.ts';
import { groupPartitionsIn } from '../core/cluster/group-partitions.ts';
import { SluicegateError } from '../core/errors.ts';
import type { EvaluationPosition, EvaluationStep } from '../core/ports/evaluation-store.ts';
import type { HistoryStore, Sample } from '../core/ports/history-store.ts';
import type { Ruleset, RulesetRun } from '../core/status/ruleset.ts';

/** Tells whoever runs this what went wrong without stopping it. */
export type Warn = (message: string, facts: Readonly<Record<string, unknown>>) => void;

/** A ruleset's run over one cluster, and how far it has come. */
export interface ClusterRun {
  readonly run: RulesetRun;
  /** The last slot that the run took; null before the first. */
  slotMs: number | null;
  /** The logs of that slot's sample; null before the first. */
  before: EvaluationStep['before'] | null;
  /** The slot of the newest stored checkpoint; null before the first. */
  checkpointSlotMs: number | null;
  /** What a cold start would replay from there: group-partitions times samples. */
  replayable: number;
}

/** Runs kept in memory between invocations: a cache, never the truth. */
export type WarmRuns = Map<string, ClusterRun>;

/**
 * What a cold start replays at most, in group-partitions times samples: some ten seconds. Whatever takes longer than an
 * invocation would be begun anew by each of the next ones, and never end.
 */
export const REPLAYED_MAX = 2_400_000;

/** Without a checkpoint of this ruleset (it was changed, say) the rules learn from this much of the past, if it is not more than that. */
const LEARN_FROM_MS = 24 * 3_600_000;
const SAMPLE_EVERY_MS = 60_000;

interface RunParts {
  readonly history: HistoryStore;
  readonly ruleset: Ruleset;
  readonly warn: Warn;
}

/**
 * The run as it stood after the position's slot: from memory if that is just where it stands, otherwise from the
 * checkpoint and the samples since. Both give the same verdicts.
 */
export async function clusterRunAt(
  position: EvaluationPosition,
  cluster: string,
  { warmRuns, ...parts }: RunParts & { readonly warmRuns: WarmRuns },
): Promise<ClusterRun> {
  const warm = warmRuns.get(cluster);
  if (warm && warm.slotMs === position.slotMs) return warm;
  const cold = await replayed(position, cluster, parts);
  warmRuns.set(cluster, cold);
  return cold;
}

async function replayed(position: EvaluationPosition, cluster: string, parts: RunParts): Promise<ClusterRun> {
  const { history, ruleset } = parts;
  const { slotMs } = position;
  const resumed = slotMs === null ? null : await resumedRun(position, cluster, parts);
  const at: ClusterRun = resumed ?? {
    run: ruleset.begin(null),
    slotMs,
    before: null,
    checkpointSlotMs: null,
    replayable: 0,
  };
  if (slotMs === null) return at;
  const afterSlotMs = at.checkpointSlotMs ?? slotMs - (await learnFromMs(history, { cluster, slotMs }));
  const range = { cluster, afterSlotMs, untilSlotMs: slotMs };
  for await (const sample of history.read(range)) {
    at.run.advance(sample.snapshot);
    took(at, sample);
  }
  at.slotMs = slotMs;
  return at;
}

/** How much of the past is learnt from, by the size of the newest sample. */
async function learnFromMs(
  history: HistoryStore,
  { cluster, slotMs }: { readonly cluster: string; readonly slotMs: number },
): Promise<number> {
  for await (const { snapshot } of history.read({ cluster, afterSlotMs: slotMs - 1, untilSlotMs: slotMs })) {
    const samples = REPLAYED_MAX / Math.max(1, groupPartitionsIn(snapshot));
    return Math.min(LEARN_FROM_MS, samples * SAMPLE_EVERY_MS);
  }
  return LEARN_FROM_MS;
}

/**
 * The run as it stood at the checkpoint; null when there is none of this ruleset, or when it can't be read: a release
 * that has changed the rules, or damage, must not stop evaluation for as long as the checkpoint lives.
 */
async function resumedRun(
  { readCheckpoint }: EvaluationPosition,
  cluster: string,
  { history, ruleset, warn }: RunParts,
): Promise<ClusterRun | null> {
  try {
    const stored = await readCheckpoint();
    if (stored === null || stored.ruleset !== ruleset.name) return null;
    const { slotMs, memory: checkpoint } = stored;
    for await (const sample of history.read({ cluster, afterSlotMs: slotMs - 1, untilSlotMs: slotMs })) {
      // What the sample tells is not in the checkpoint: with another one it would say something else.
      if (sample.isPartial) throw corrupt('(the sample of the checkpoint) was damaged since');
      const run = ruleset.begin({ checkpoint, last: sample.snapshot });
      return { run, slotMs, before: logsOf(sample), checkpointSlotMs: slotMs, replayable: 0 };
    }
    return null; // Its sample has expired.
  } catch (cause) {
    if (!(cause instanceof SluicegateError && cause.code === 'STORE_CORRUPT')) throw cause;
    warn('the checkpoint can not be used: the rules learn anew', { cluster, why: cause.message });
    return null;
  }
}

/** The run has taken this sample, and it counts. */
export function took(clusterRun: ClusterRun, sample: Sample): void {
  clusterRun.slotMs = sample.slotMs;
  clusterRun.before = logsOf(sample);
  clusterRun.replayable += groupPartitionsIn(sample.snapshot);
}

export function checkpointed(clusterRun: ClusterRun, slotMs: number): void {
  clusterRun.checkpointSlotMs = slotMs;
  clusterRun.replayable = 0;
}

/** All that the next verdicts are packed against: the groups need not be held on to. */
const logsOf = ({ slotMs, snapshot: { atMs, topics } }: Sample): NonNullable<EvaluationStep['before']> => ({
  slotMs,
  logs: { atMs, topics },
});
