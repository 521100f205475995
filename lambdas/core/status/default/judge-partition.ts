import { toldReason } from '../told-reason.ts';
import { toldTimeLag } from '../told-time-lag.ts';
import type { PartitionOwner, PartitionStatus, PartitionVerdict, Reason, TimeLag } from '../verdict.ts';
import type { GroupInstant } from './instant.ts';
import { isSeen, type PartitionMemory, timeLagMsOf } from './partition-memory.ts';
import { PARTITION_RULES } from './rules/partition-rules.ts';
import type { PartitionRule } from './rules/rule.ts';
import { unknownReasonOf } from './rules/unknown.ts';
import { newTrouble } from './trouble.ts';

/** Opens and closes the rules of a partition by what was just seen of it. Unseen, everything stays as it was. */
export function judgePartition(p: PartitionMemory, instant: GroupInstant): void {
  if (!isSeen(p, instant.atMs)) return;
  if (p.trouble !== null && p.lagMessages > p.trouble.lagPeakMessages) p.trouble.lagPeakMessages = p.lagMessages;
  for (let index = 0; index < PARTITION_RULES.length; index++) {
    const rule = PARTITION_RULES[index];
    if (rule !== undefined) turn(rule, 1 << index, p, instant);
  }
  if (p.trouble?.open === 0) p.trouble = null;
}

function turn(rule: PartitionRule, bit: number, p: PartitionMemory, instant: GroupInstant): void {
  const { trouble } = p;
  if (trouble !== null && (trouble.open & bit) !== 0) {
    if (!rule.closes(p, trouble, instant)) return;
    trouble.open &= ~bit;
    rule.end?.(p);
  } else if (rule.opens(p, instant)) {
    const opened = trouble ?? newTrouble(p.owner);
    p.trouble = opened;
    opened.open |= bit;
    rule.begin?.(p, opened, instant);
  }
}

/** What is told of a partition: status, reason, and where it stands. */
export function partitionVerdictOf(p: PartitionMemory, instant: GroupInstant): PartitionVerdict {
  const { atMs, settings, group } = instant;
  const fresh = atMs - p.seenAtMs <= settings.unknownAfterMs;
  const [status, reason] = judgement(p, instant);
  const owner = p.owner === null ? undefined : group.members.get(p.owner);
  return {
    status,
    committedOffset: Number.isNaN(p.vanishedAtMs) ? knownOrNull(p.committedOffset) : null,
    logEndOffset: fresh ? knownOrNull(p.log.endOffset) : null,
    lagMessages: fresh ? knownOrNull(p.lagMessages) : null,
    timeLag: fresh ? timeLagOf(p) : AGE_UNKNOWN,
    owner: owner === undefined ? null : ownerOf(owner),
    reason,
  };
}

// There are very many of these, so they are one.
const FINE = ['OK', null] as const;
const AGE_UNKNOWN: TimeLag = { kind: 'unknown' };
const UP_TO_DATE: TimeLag = { kind: 'known', timeLagMs: 0 };

function judgement(p: PartitionMemory, instant: GroupInstant): readonly [PartitionStatus, Reason | null] {
  const unknown = unknownReasonOf(p, instant);
  const { trouble } = p;
  const rule = trouble && PARTITION_RULES.find((_, index) => (trouble.open & (1 << index)) !== 0);
  if (trouble && rule && unknown?.rule !== 'notRead') {
    return [rule.status(p, trouble, instant), toldReason({ rule: rule.name, ...rule.explain(p, trouble, instant) })];
  }
  return unknown === null ? FINE : ['UNKNOWN', unknown];
}

function timeLagOf(p: PartitionMemory): TimeLag {
  if (!p.pending) return UP_TO_DATE;
  return toldTimeLag({ kind: p.beforeHistory ? 'atLeast' : 'known', timeLagMs: Math.max(0, timeLagMsOf(p)) });
}

/** Memory says NaN of what is not known; a verdict says null. */
const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const ownerOf = ({ clientId, host }: PartitionOwner): PartitionOwner => ({ clientId, host });
