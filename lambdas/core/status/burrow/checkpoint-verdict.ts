import type { JsonValue } from '../../json-value.ts';
import { listOf, pairOf, text, whole } from '../checkpoint-values.ts';
import {
  PARTITION_STATUSES,
  type PartitionOwner,
  type PartitionStatus,
  type Reason,
  type TimeLag,
} from '../verdict.ts';
import type { PolledPartition } from './polled-state.ts';

const orNull =
  <T>(parse: (value: JsonValue | undefined) => T) =>
  (value: JsonValue | undefined): T | null =>
    value === null ? null : parse(value);

/** A partition's last verdict. */
export function renderPartition({ readAtMs, unownedAtMs, verdict }: PolledPartition): JsonValue {
  const { status, committedOffset, logEndOffset, lagMessages, timeLag, owner, reason } = verdict;
  return [
    readAtMs,
    unownedAtMs,
    status,
    committedOffset,
    logEndOffset,
    lagMessages,
    timeLag.kind === 'unknown' ? null : [timeLag.kind, timeLag.timeLagMs],
    owner && [owner.clientId, owner.host],
    reason && renderReason(reason),
  ];
}

export function parsePartition(value: JsonValue | undefined): PolledPartition | null {
  if (value === null) return null;
  const [readAtMs, unownedAtMs, status, committedOffset, logEndOffset, lagMessages, timeLag, owner, reason] = listOf(
    value,
    (p) => p,
  );
  return {
    readAtMs: whole(readAtMs),
    unownedAtMs: orNull(whole)(unownedAtMs),
    verdict: {
      status: parseStatus(status),
      committedOffset: orNull(whole)(committedOffset),
      logEndOffset: orNull(whole)(logEndOffset),
      lagMessages: orNull(whole)(lagMessages),
      timeLag: parseTimeLag(timeLag),
      owner: orNull(parseOwner)(owner),
      reason: parseReason(reason),
    },
  };
}

function parseStatus(value: JsonValue | undefined): PartitionStatus {
  const status = PARTITION_STATUSES.find((known) => known === value);
  if (status === undefined) throw new TypeError(`${JSON.stringify(value)} instead of a partition status`);
  return status;
}

function parseTimeLag(value: JsonValue | undefined): TimeLag {
  if (value === null) return { kind: 'unknown' };
  const [kind, timeLagMs] = pairOf(value, text, whole);
  return { kind: kind === 'known' ? 'known' : 'atLeast', timeLagMs };
}

function parseOwner(value: JsonValue | undefined): PartitionOwner {
  const [clientId, host] = pairOf(value, text, text);
  return { clientId, host };
}

export function renderReason({ rule, numbers, sentence }: Reason): JsonValue {
  return [rule, sentence, Object.entries(numbers)];
}

export const parseReason = orNull((value): Reason => {
  const [rule, sentence, numbers] = listOf(value, (part) => part);
  const entries = listOf(numbers, (entry) => pairOf(entry, text, whole));
  return { rule: text(rule), sentence: text(sentence), numbers: Object.fromEntries(entries) };
});
