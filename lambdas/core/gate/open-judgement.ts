import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { JsonValue } from '../json-value.ts';
import type { Release } from '../release/release.ts';
import { type Memory, memoryFrom, toCheckpoint } from './checkpoint.ts';
import { decide } from './decide.ts';
import { baselineOf } from './evidence/baseline.ts';
import { evidenceOf } from './evidence/evidence.ts';
import { record } from './evidence/history.ts';
import { releaseSampleOf } from './evidence/release-sample.ts';
import type { Judgement } from './judgement.ts';
import type { GateSettings } from './settings.ts';
import { notJudged } from './share-group.ts';

/**
 * Judges one release, snapshot after snapshot. Deterministic: the same snapshots give the same judgements, wherever
 * the sequence was cut and resumed from a checkpoint.
 */
export interface JudgementRun {
  /**
   * Takes the next snapshot of the group's cluster; those from before the start teach it what is usual. A snapshot
   * that is not newer than the last one taken changes nothing, and after the first final decision nothing does.
   */
  observe(snapshot: ClusterSnapshot): Judgement;

  /** Everything that a later run needs to go on from here. */
  checkpoint(): JsonValue;
}

/** @param from what an earlier run of the same release wrote; throws STORE_CORRUPT on anything else. Null: begin. */
export function openJudgement(release: Release, settings: GateSettings, from: JsonValue | null = null): JudgementRun {
  const memory: Memory = memoryFrom(from, release);
  return {
    observe(snapshot) {
      const { history } = memory;
      if (isFinal(memory.latest) || snapshot.atMs <= memory.takenAtMs) return memory.latest;
      memory.takenAtMs = snapshot.atMs;
      const sample = releaseSampleOf(release, settings.deadLetterTopics, snapshot);
      if (sample !== null) record(history, release, sample);
      if (snapshot.atMs < release.startedAtMs) return memory.latest;
      memory.baseline ??= baselineOf(history, release.startedAtMs, settings);
      const evidence = evidenceOf(release, settings, history, memory.baseline);
      memory.latest =
        sample?.type === 'share'
          ? notJudged(evidence, snapshot.atMs)
          : decide(evidence, snapshot.atMs, sample !== null);
      return memory.latest;
    },
    checkpoint: () => toCheckpoint(memory),
  };
}

const isFinal = ({ decision }: Judgement): boolean => decision !== 'CONTINUE';
