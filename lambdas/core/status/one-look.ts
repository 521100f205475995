import type { GroupSnapshot } from '../cluster/group.ts';
import { topicsOf } from '../cluster/one-group.ts';
import { type Owner, ownersOf } from '../cluster/owners.ts';
import type { ClusterSnapshot, PartitionLog } from '../cluster/snapshot.ts';
import { lagMessagesAt, type PartitionPlace } from '../lag/partition-lag.ts';
import { countText } from '../quantity.ts';
import { groupVerdictOf } from './group-verdict.ts';
import { toldTimeLag } from './told-time-lag.ts';
import type { GroupVerdict, PartitionStatus, PartitionVerdict, Reason, TimeLag } from './verdict.ts';

/**
 * What a single snapshot can say of every group in it: lag where nobody is there to work it off, messages that retention
 * took, and groups with nothing left to do. All else needs a second look and is UNKNOWN.
 */
export function verdictsAtOneLook(snapshot: ClusterSnapshot): readonly GroupVerdict[] {
  return Array.from(snapshot.groups, ([name, group]) => {
    const owners = ownersOf(group);
    const partitions = Array.from(topicsOf(group), (topic) => {
      const logs = snapshot.topics.get(topic) ?? [];
      const [committed, shared] = [group.committed.get(topic) ?? [], group.share?.get(topic) ?? []];
      const owned = owners?.get(topic);
      const length = Math.max(committed.length, shared.length, owned?.length ?? 0);
      const verdicts = Array.from({ length }, (_, partition) => {
        const share = shared[partition] ?? null;
        const committedOffset = committed[partition] ?? null;
        const owner = owned?.[partition] ?? null;
        if (committedOffset === null && share === null && owner === null) return null;
        return partitionAtOneLook(
          { committedOffset, share, owner, log: logs[partition] ?? null, group },
          snapshot.atMs,
        );
      });
      return [topic, verdicts] as const;
    });
    return groupVerdictOf(name, new Map(partitions), NOTHING_COMMITTED);
  });
}

interface PartitionLook extends PartitionPlace {
  readonly owner: Owner | null;
  readonly group: GroupSnapshot;
}

function partitionAtOneLook(look: PartitionLook, atMs: number): PartitionVerdict {
  const { committedOffset, share, owner, log } = look;
  const lagMessages = lagMessagesAt(look);
  const { status, reason } = statusAtOneLook(look, lagMessages);
  return {
    status,
    committedOffset: committedOffset ?? share?.startOffset ?? null,
    logEndOffset: log?.logEndOffset ?? null,
    lagMessages,
    timeLag: toldTimeLag(timeLagAtOneLook(log, lagMessages, atMs)),
    owner: owner && { clientId: owner.clientId, host: owner.host },
    reason,
  };
}

interface Status {
  readonly status: PartitionStatus;
  readonly reason: Reason | null;
}

function statusAtOneLook(look: PartitionLook, lagMessages: number | null): Status {
  const { committedOffset, share, owner, log, group } = look;
  if (log === null && share === null) return unknown('notRead', 'its log could not be read, or the topic is gone');
  if (committedOffset !== null && log !== null && log.logStartOffset - committedOffset > MARKERS_MAX) {
    const lostMessages = log.logStartOffset - committedOffset;
    const sentence = `retention deleted ${countText(lostMessages)} messages before they were read`;
    return { status: 'DATA_LOSS', reason: { rule: 'retentionOvertook', numbers: { lostMessages }, sentence } };
  }
  if (lagMessages === 0) return { status: 'OK', reason: null };
  if (lagMessages === null) return unknown('noPosition', 'the group has not committed here yet');
  const nobody = nobodyWorks(group, owner);
  if (nobody === null) return unknown('oneLook', 'a second look is needed to see whether it moves');
  if (share === null && lagMessages <= MARKERS_MAX) {
    return unknown('maybeMarkers', `${nobody}; what waits may be a transaction's marker, which nobody ever reads`);
  }
  const sentence = `${countText(lagMessages)} messages wait and ${nobody}`;
  return { status: 'STOPPED', reason: { rule: 'nobodyThere', numbers: { lagMessages }, sentence } };
}

/** A transaction leaves a marker at the end of a log, or two: offsets that no consumer ever passes. */
const MARKERS_MAX = 2;

/** Why nobody will work a backlog off, or null if somebody may. A group that rebalances may have an owner in a moment. */
function nobodyWorks({ state, type, members }: GroupSnapshot, owner: Owner | null): string | null {
  if (state === 'Empty' || state === 'Dead' || members?.length === 0) return 'the group has no members';
  // The members of a share group share all partitions.
  if (owner !== null || members === null || type === 'share' || state !== 'Stable') return null;
  return 'nobody owns the partition';
}

/** Without a history only a bound is known: the oldest unread message is no younger than the newest one. */
function timeLagAtOneLook(log: PartitionLog | null, lagMessages: number | null, atMs: number): TimeLag {
  if (lagMessages === 0) return { kind: 'known', timeLagMs: 0 };
  const newestAtMs = log?.newestRecordAtMs ?? null;
  if (lagMessages === null || newestAtMs === null) return { kind: 'unknown' };
  return { kind: 'atLeast', timeLagMs: Math.max(0, atMs - newestAtMs) };
}

function unknown(rule: string, sentence: string): Status {
  return { status: 'UNKNOWN', reason: { rule, numbers: {}, sentence } };
}

const NOTHING_COMMITTED: Reason = {
  rule: 'noCommits',
  numbers: {},
  sentence: 'the group has committed nothing, and no member has a partition',
};
