import { countText, durationText } from '../../lambdas/core/quantity.ts';
import type { GroupStatus, PartitionStatus, TimeLag } from '../../lambdas/core/status/verdict.ts';
import { type Cell, plain, type Tone } from '../table.ts';

/** What is not known. Never 0. */
const UNKNOWN: Cell = { text: '?', tone: 'muted' };
/** What there is not, as Kafka's own tools show it. */
export const NOTHING: Cell = { text: '-', tone: 'muted' };

const TONE_OF: Readonly<Record<GroupStatus | PartitionStatus, Tone>> = {
  OK: 'good',
  WARN: 'warning',
  FALLING_BEHIND: 'warning',
  UNKNOWN: 'muted',
  ERR: 'bad',
  STOPPED: 'bad',
  STALLED: 'bad',
  REWIND: 'bad',
  SKIP: 'bad',
  DATA_LOSS: 'bad',
};

/** A status, or the kind of problem that says more. */
export function statusCell(status: GroupStatus | PartitionStatus, kind: string = status): Cell {
  return status === 'UNKNOWN' ? UNKNOWN : { text: kind, tone: TONE_OF[status] };
}

export const countCell = (count: number | null): Cell => (count === null ? UNKNOWN : plain(countText(count)));

/** As Kafka's own tools print it, for scripts that read their columns. */
export const rawCell = (value: number | string | null): Cell => (value === null ? NOTHING : plain(String(value)));

export function timeLagCell(timeLag: TimeLag): Cell {
  switch (timeLag.kind) {
    case 'known':
      return plain(durationText(timeLag.timeLagMs));
    case 'atLeast':
      return timeLag.timeLagMs < 1_000 ? UNKNOWN : plain(`> ${durationText(timeLag.timeLagMs)}`);
    case 'unknown':
      return UNKNOWN;
  }
}
