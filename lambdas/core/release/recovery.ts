import type { GroupSnapshot } from '../cluster/group.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import { type GateReason, type Judgement, nothingSeen } from '../gate/judgement.ts';
import { lagOf } from '../lag/lag.ts';
import type { Release } from './release.ts';

/** So many readings in a row must show a group that is well. */
const READINGS = 3;

/**
 * Whether a group is well again after its old version was put back: stable, with members, and its lag no longer
 * growing. It reports and never rolls back: a pipeline that rolls back must not be failed by its own gate.
 *
 * @param snapshots of the group, oldest first, from the recovery's start on
 */
export function judgeRecovery(
  { group, startedAtMs, deadlineMs }: Release,
  snapshots: readonly ClusterSnapshot[],
): Judgement {
  const seen = snapshots.filter(({ groups }) => groups.has(group));
  const lags = seen.map((snapshot) => lagMessagesOf(snapshot, group));
  const latest = seen.slice(-READINGS);
  const missing = missingFrom(
    latest.map(({ groups }) => groups.get(group)),
    lags,
  );
  const atMs = snapshots.at(-1)?.atMs ?? startedAtMs;
  const evidence = { ...nothingSeen(atMs), samples: seen.length };
  if (missing.length === 0) return { decision: 'PROMOTE', reasons: [recovered(group, lags.at(-1) ?? 0)], evidence };
  const isDue = atMs - startedAtMs >= deadlineMs;
  return { decision: isDue ? 'INCONCLUSIVE' : 'CONTINUE', reasons: missing, evidence };
}

function missingFrom(latest: readonly (GroupSnapshot | undefined)[], lags: readonly number[]): GateReason[] {
  const settledReadings = latest.filter(
    (group) => group?.state === 'Stable' && (group.members?.length ?? 0) > 0,
  ).length;
  if (settledReadings < READINGS) {
    return [
      {
        code: 'NOT_RECOVERED',
        numbers: { readings: settledReadings, wanted: READINGS },
        sentence: `the group was stable and had members in ${settledReadings} of the last ${READINGS} readings`,
      },
    ];
  }
  const lagMessages = lags.at(-1) ?? 0;
  const lagMessagesAtStart = lags[0] ?? 0;
  const isShrinking = lagMessages < (lags.at(-READINGS) ?? 0);
  if (lagMessages <= lagMessagesAtStart || isShrinking) return [];
  return [
    {
      code: 'LAG_GROWS',
      numbers: { lagMessages, lagMessagesAtStart },
      sentence: `the group is ${lagMessages} messages behind, was ${lagMessagesAtStart} behind when the old version came back, and is not catching up`,
    },
  ];
}

const recovered = (group: string, lagMessages: number): GateReason => ({
  code: 'RECOVERED',
  numbers: { lagMessages },
  sentence: `"${group}" is stable, has members and does not fall further behind: ${lagMessages} messages`,
});

function lagMessagesOf({ groups, topics }: ClusterSnapshot, group: string): number {
  let sum = 0;
  for (const [topic, committed] of groups.get(group)?.committed ?? []) {
    committed.forEach((committedOffset, partition) => {
      const log = topics.get(topic)?.[partition] ?? null;
      if (log === null || committedOffset === null) return;
      const lag = lagOf({ ...log, committedOffset });
      if (lag.kind === 'started') sum += lag.lagMessages;
    });
  }
  return sum;
}
