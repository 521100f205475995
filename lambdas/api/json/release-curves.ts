import { newcomerTest } from '../../core/gate/evidence/evidence.ts';
import { emptyHistory, type History, record } from '../../core/gate/evidence/history.ts';
import { releaseSampleOf } from '../../core/gate/evidence/release-sample.ts';
import { NOBODY, type Track } from '../../core/gate/evidence/track.ts';
import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { LedgerEntry } from '../../core/release/ledger-entry.ts';
import type { ReleaseCurves, VersionCurve } from '../answers/release-answer.ts';
import { mostOfKnown, sumOfKnown } from '../view/known.ts';

/** What is shown of the time before the start, for comparison, and of the time after the end. */
const BEFORE_MS = 1_800_000;
const AFTER_MS = 600_000;

/**
 * Both versions' curves, out of the same samples and the same rules of who is new that the gate decides by.
 *
 * @param scale by how much durations are shorter than usual
 */
export async function releaseCurvesOf(
  history: HistoryStore,
  { cluster, release, settings, finishedAtMs }: LedgerEntry,
  scale: number,
): Promise<ReleaseCurves> {
  const endedAtMs = finishedAtMs ?? release.startedAtMs + release.deadlineMs;
  const range = {
    cluster,
    group: release.group,
    afterSlotMs: release.startedAtMs - BEFORE_MS / scale,
    untilSlotMs: endedAtMs + AFTER_MS / scale,
  };
  const seen = emptyHistory();
  for await (const { snapshot } of history.readGroup(range)) {
    const sample = releaseSampleOf(release, settings.deadLetterTopics, snapshot);
    if (sample !== null) record(seen, release, sample);
  }
  const firstAfter = seen.atMs.findIndex((atMs) => atMs >= release.startedAtMs);
  const isNew = newcomerTest(seen, firstAfter < 0 ? seen.atMs.length : firstAfter);
  return {
    atMs: seen.atMs,
    canary: curveOf(seen, (owner) => isNew(owner)),
    control: curveOf(seen, (owner) => !isNew(owner)),
  };
}

/** @param owns whether a member, by its place in the roster, is of this version */
function curveOf({ atMs, tracks }: History, owns: (owner: number) => boolean): VersionCurve {
  const heldAt = atMs.map((_, index) => tracks.filter((track) => isHeld(track, index, owns)));
  return {
    partitions: heldAt.map((held) => held.length),
    lagMessages: heldAt.map((held, index) => sumOfKnown(held.map((track) => lagMessagesAt(track, index)))),
    timeLagMs: heldAt.map((held, index) => mostOfKnown(held.map(({ timeLagMs }) => timeLagMs[index] ?? null))),
    consumedPerS: heldAt.map((held, index) => {
      const seconds = ((atMs[index] ?? 0) - (atMs[index - 1] ?? 0)) / 1_000;
      const consumed = index === 0 ? null : sumOfKnown(held.map((track) => consumedAt(track, index)));
      return consumed === null ? null : consumed / seconds;
    }),
  };
}

function isHeld({ owner }: Track, index: number, owns: (owner: number) => boolean): boolean {
  const seat = owner[index] ?? null;
  return seat !== null && seat !== NOBODY && owns(seat);
}

function lagMessagesAt({ logStart, logEnd, committed }: Track, index: number): number | null {
  const [start, end, position] = [logStart[index] ?? null, logEnd[index] ?? null, committed[index] ?? null];
  return start === null || end === null || position === null ? null : Math.max(0, end - Math.max(position, start));
}

function consumedAt({ committed }: Track, index: number): number | null {
  const [before, after] = [committed[index - 1] ?? null, committed[index] ?? null];
  return before === null || after === null ? null : Math.max(0, after - before);
}
