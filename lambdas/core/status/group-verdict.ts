import type {
  GroupStatus,
  GroupVerdict,
  PartitionStatus,
  PartitionVerdict,
  ProblemKind,
  Reason,
  TimeLag,
} from './verdict.ts';

/** What can no longer be made good weighs most, then what gets worse while nobody looks, then what still moves. */
const WEIGHT_OF: Readonly<Record<PartitionStatus, number>> = {
  DATA_LOSS: 7,
  SKIP: 6,
  REWIND: 5,
  STOPPED: 4,
  STALLED: 3,
  FALLING_BEHIND: 2,
  UNKNOWN: 1,
  OK: 0,
};

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
  let worst: Placed | null = null;
  let lagMessages: number | null = null;
  let timeLag: TimeLag = { kind: 'unknown' };
  let agesUnknown = false;
  for (const [topic, verdicts] of partitions) {
    for (let partition = 0; partition < verdicts.length; partition++) {
      const verdict = verdicts[partition] ?? null;
      if (verdict === null) continue;
      if (worst === null || outweighs(verdict, worst.verdict)) worst = { topic, partition, verdict };
      if (verdict.lagMessages !== null) lagMessages = (lagMessages ?? 0) + verdict.lagMessages;
      timeLag = longer(timeLag, verdict.timeLag);
      agesUnknown ||= verdict.timeLag.kind === 'unknown' && (verdict.lagMessages ?? 0) > 0;
    }
  }
  const status = worst?.verdict.status ?? 'UNKNOWN';
  return {
    group,
    status: statusOf(status),
    kind: kindOf(status),
    reason: worst === null ? unjudged : placedReason(worst),
    lagMessages,
    timeLag: agesUnknown ? asBound(timeLag) : timeLag,
    partitions,
  };
}

interface Placed {
  readonly topic: string;
  readonly partition: number;
  readonly verdict: PartitionVerdict;
}

function outweighs(verdict: PartitionVerdict, worst: PartitionVerdict): boolean {
  const heavier = WEIGHT_OF[verdict.status] - WEIGHT_OF[worst.status];
  return heavier > 0 || (heavier === 0 && (verdict.lagMessages ?? 0) > (worst.lagMessages ?? 0));
}

function statusOf(worst: PartitionStatus): GroupStatus {
  if (worst === 'OK' || worst === 'UNKNOWN') return worst;
  return worst === 'FALLING_BEHIND' ? 'WARN' : 'ERR';
}

const kindOf = (worst: PartitionStatus): ProblemKind | null => (worst === 'OK' || worst === 'UNKNOWN' ? null : worst);

function placedReason({ topic, partition, verdict: { status, reason } }: Placed): Reason | null {
  if (status === 'OK' || reason === null) return null;
  return { ...reason, sentence: `${topic}-${partition}: ${reason.sentence}` };
}

/** Some messages wait nobody knows how long: what is known is a bound, and 0 is none. */
function asBound(timeLag: TimeLag): TimeLag {
  if (timeLag.kind === 'unknown' || timeLag.timeLagMs === 0) return { kind: 'unknown' };
  return { kind: 'atLeast', timeLagMs: timeLag.timeLagMs };
}

/** Of two that are as long, the one that may be longer still. */
function longer(a: TimeLag, b: TimeLag): TimeLag {
  if (b.kind === 'unknown') return a;
  if (a.kind === 'unknown' || b.timeLagMs > a.timeLagMs) return b;
  return b.timeLagMs === a.timeLagMs && b.kind === 'atLeast' ? b : a;
}
