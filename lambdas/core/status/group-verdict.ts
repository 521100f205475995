import type { GroupStatus, GroupVerdict, PartitionVerdict, ProblemKind, Reason, TimeLag } from './verdict.ts';

/** Worst first: what can no longer be made good, then what gets worse while nobody looks, then what still moves. */
const WORST_FIRST: readonly ProblemKind[] = ['DATA_LOSS', 'SKIP', 'REWIND', 'STOPPED', 'STALLED', 'FALLING_BEHIND'];

interface Placed {
  readonly topic: string;
  readonly partition: number;
  readonly verdict: PartitionVerdict;
}

/**
 * A group as its partitions make it: as bad as the worst of them, which also gives kind and reason; of equally bad ones
 * the one with most messages waiting. UNKNOWN when nothing is bad but something could not be judged, or there is
 * nothing to judge: then `unjudged` says why.
 */
export function groupVerdictOf(
  group: string,
  partitions: GroupVerdict['partitions'],
  unjudged: Reason | null = null,
): GroupVerdict {
  const all = Array.from(partitions, ([topic, verdicts]) =>
    verdicts.flatMap((verdict, partition) => (verdict === null ? [] : [{ topic, partition, verdict }])),
  ).flat();
  const kind = WORST_FIRST.find((candidate) => all.some(({ verdict }) => verdict.status === candidate)) ?? null;
  const decisive = mostWaiting(all.filter(({ verdict }) => verdict.status === (kind ?? 'UNKNOWN')));
  const unknown = decisive !== null || all.length === 0;
  return {
    group,
    status: kind === null ? (unknown ? 'UNKNOWN' : 'OK') : statusOf(kind),
    kind,
    reason: decisive === null ? unjudged : placedReason(decisive),
    lagMessages: lagOf(all),
    timeLag: worstTimeLag(all),
    partitions,
  };
}

const statusOf = (kind: ProblemKind): GroupStatus => (kind === 'FALLING_BEHIND' ? 'WARN' : 'ERR');

function mostWaiting(placed: readonly Placed[]): Placed | null {
  return placed.reduce<Placed | null>(
    (most, next) => (most === null || (next.verdict.lagMessages ?? 0) > (most.verdict.lagMessages ?? 0) ? next : most),
    null,
  );
}

function placedReason({ topic, partition, verdict: { reason } }: Placed): Reason | null {
  return reason && { ...reason, sentence: `${topic}-${partition}: ${reason.sentence}` };
}

function lagOf(placed: readonly Placed[]): number | null {
  const lags = placed.flatMap(({ verdict: { lagMessages } }) => (lagMessages === null ? [] : [lagMessages]));
  return lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0);
}

/** The longest; of two that are as long, the one that may be longer still. */
function worstTimeLag(placed: readonly Placed[]): TimeLag {
  return placed.reduce<TimeLag>(
    (worst, { verdict: { timeLag } }) => {
      if (timeLag.kind === 'unknown') return worst;
      if (worst.kind === 'unknown' || timeLag.timeLagMs > worst.timeLagMs) return timeLag;
      return timeLag.timeLagMs === worst.timeLagMs && timeLag.kind === 'atLeast' ? timeLag : worst;
    },
    { kind: 'unknown' },
  );
}
