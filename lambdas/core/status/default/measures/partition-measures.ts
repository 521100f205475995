import { cellAtAge } from '../../../lag/time-axis.ts';
import type { Estimate, PartitionMeasures, Sureness } from '../../measures.ts';
import type { GroupInstant } from '../instant.ts';
import { producedPerS } from '../learn/capacity.ts';
import { isSeen, type PartitionMemory } from '../partition-memory.ts';
import { lostMessagesOf } from '../rules/data-loss.ts';
import { noProgress } from '../rules/no-progress.ts';
import { consumedPerS, trailAtMs } from '../trail.ts';
import { known, NOTHING_LEFT, never, UNKNOWN } from './estimates.ts';

/** Less than this share of a measuring span seen: the result is unsure. */
const WHOLE = 0.9;

/** Rates over the last minutes, and what follows if they go on. */
export function partitionMeasuresOf(p: PartitionMemory, instant: GroupInstant): PartitionMeasures {
  const { memory, atMs, settings, group } = instant;
  const lostMessages = lostMessagesOf(p);
  if (!isSeen(p, atMs)) {
    return {
      producedPerS: UNKNOWN,
      consumedPerS: UNKNOWN,
      drainEtaMs: UNKNOWN,
      retentionMarginMessages: UNKNOWN,
      lossEtaMs: UNKNOWN,
      lostMessages,
    };
  }
  const spanMs = settings.fallingBehind.productionMs;
  const cell = cellAtAge(memory.axis, atMs, spanMs);
  const sureness = surenessOf(atMs - (memory.axis.atMs[cell] ?? atMs), spanMs);
  const produced = producedPerS(p.log, cell, instant);
  const consumed = consumedPerS(p, atMs, Math.max(spanMs, 3 * group.cadence.usualMs));
  return {
    producedPerS: Number.isNaN(produced) ? UNKNOWN : known(produced, 'measured', sureness),
    consumedPerS:
      p.trailLength === 0 && p.pending
        ? UNKNOWN
        : known(consumed, 'measured', surenessOf(atMs - trailAtMs(p, 0), spanMs)),
    drainEtaMs: noProgress.opens(p, instant) ? never(sureness) : drainEta(p, produced, consumed, sureness),
    retentionMarginMessages: known(Math.max(0, p.committedOffset - p.log.startOffset), 'measured', 'high'),
    lossEtaMs: lossEta(p, consumed, instant),
    lostMessages,
  };
}

const surenessOf = (seenMs: number, wantedMs: number): Sureness => (seenMs >= WHOLE * wantedMs ? 'high' : 'low');

function drainEta(p: PartitionMemory, produced: number, consumed: number, sureness: Sureness): Estimate {
  if (!p.pending) return NOTHING_LEFT;
  if (Number.isNaN(produced)) return UNKNOWN;
  const perS = consumed - produced;
  return perS > 0 ? known(Math.round((p.lagMessages / perS) * 1_000), 'extrapolated', sureness) : never(sureness);
}

/** Retention moves a log's start in leaps, so its speed is measured over hours. */
function lossEta(p: PartitionMemory, consumed: number, { atMs, settings }: GroupInstant): Estimate {
  const { startOffset, startThenOffset, startThenAtMs } = p.log;
  const spanMs = atMs - startThenAtMs;
  if (!(spanMs > 0)) return UNKNOWN;
  const sureness = surenessOf(spanMs, 0.5 * settings.retentionRateMs);
  const perS = ((startOffset - startThenOffset) / spanMs) * 1_000 - consumed;
  if (!(perS > 0)) return never(sureness);
  return known(Math.round((Math.max(0, p.committedOffset - startOffset) / perS) * 1_000), 'extrapolated', sureness);
}
