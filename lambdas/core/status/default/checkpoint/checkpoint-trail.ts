import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { Checkpoint } from '../../ruleset.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { trailAtMs, trailLag, trailLength, trailOffset } from '../trail.ts';

/**
 * A trail as triples, oldest first. Most advances were seen at an instant that the axis still holds: its number, how
 * far the offset was from the log's end there, and what the lag differs from that, which is nearly always 0. Others
 * have a negative number and stand for themselves, against the newest instant and the committed offset.
 */
export function renderTrail({ trail, log, committedOffset }: PartitionMemory, axis: TimeAxis): Checkpoint {
  const newestMs = newestOf(axis);
  const rendered: number[] = [];
  let ordinal = 0;
  for (let index = 0; index < trailLength(trail); index++) {
    const [atMs, offset, lag] = [trailAtMs(trail, index), trailOffset(trail, index), trailLag(trail, index)];
    while (ordinal < axis.cells.length && instantAt(axis, ordinal) < atMs) ordinal += 1;
    const behind = (log.ends[axis.cells[ordinal] ?? -1] ?? Number.NaN) - offset;
    if (instantAt(axis, ordinal) === atMs && !Number.isNaN(behind)) {
      rendered.push(ordinal, behind, lag - Math.max(0, behind));
    } else {
      rendered.push(atMs - newestMs - 1, committedOffset - offset, lag);
    }
  }
  return rendered;
}

/** The opposite, into an empty trail; the axis's cells are in the order of time. */
export function readTrail(p: PartitionMemory, rendered: readonly number[], axis: TimeAxis): void {
  const newestMs = newestOf(axis);
  for (let index = 0; index + 2 < rendered.length; index += 3) {
    const place = rendered[index] ?? 0;
    const distance = rendered[index + 1] ?? 0;
    const lag = rendered[index + 2] ?? 0;
    if (place < 0) p.trail.push(newestMs + place + 1, p.committedOffset - distance, lag);
    else
      p.trail.push(instantAt(axis, place), (p.log.ends[place] ?? Number.NaN) - distance, lag + Math.max(0, distance));
  }
}

const newestOf = ({ cells, atMs }: TimeAxis): number => atMs[cells.at(-1) ?? -1] ?? 0;

const instantAt = ({ cells, atMs }: TimeAxis, ordinal: number): number => atMs[cells[ordinal] ?? -1] ?? Number.NaN;
