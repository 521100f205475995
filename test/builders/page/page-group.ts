import type { GroupAnswer, PartitionEntry } from '../../../lambdas/api/answers/group-answer.ts';
import type { HistoryAnswer } from '../../../lambdas/api/answers/history-answer.ts';
import { capacityAdviceOf } from '../../../lambdas/core/capacity/capacity-advice.ts';
import { aGroupEntry, NOW_MS, SOME_GROUPS, trail } from './page-groups.ts';
import { SOME_INCIDENTS } from './page-incidents.ts';

const PARTITIONS = 12;

/** One partition in trouble or not, with believable numbers. */
export const aPartitionEntry = (entry: Partial<PartitionEntry> = {}): PartitionEntry => ({
  topic: 'orders',
  partition: 0,
  status: 'OK',
  owner: { memberId: 'm-1', clientId: 'worker-1', host: '/10.0.3.1' },
  committedOffset: 1_000,
  logStartOffset: 0,
  logEndOffset: 1_000,
  lagMessages: 0,
  timeLag: { kind: 'known', timeLagMs: 0 },
  producedPerS: 20,
  consumedPerS: 20,
  drainEtaMs: 0,
  reason: null,
  ...entry,
});

/** All that is known of one group of `SOME_GROUPS`. */
export function aGroupAnswer(group: string): GroupAnswer {
  const entry = SOME_GROUPS.find((candidate) => candidate.group === group) ?? aGroupEntry({ group });
  const lag = entry.lagMessages ?? 0;
  const hasMembers = (entry.members ?? 0) > 0;
  const partitions = Array.from({ length: PARTITIONS }, (_, partition): PartitionEntry => {
    const share = Math.round((lag * (1 + (partition % 5))) / (PARTITIONS * 2.75));
    return aPartitionEntry({
      topic: entry.topics[0] ?? 'orders',
      partition,
      status:
        entry.kind === null || entry.kind === 'REBALANCE_STORM' || (entry.kind === 'STALLED' && partition !== 3)
          ? 'OK'
          : entry.kind,
      owner: hasMembers
        ? { memberId: `m-${partition % 3}`, clientId: `worker-${partition % 3}`, host: `/10.0.3.${partition % 3}` }
        : null,
      committedOffset: 98_310_441 + partition * 1_000,
      logEndOffset: 98_310_441 + partition * 1_000 + share,
      lagMessages: share,
      timeLag: entry.timeLag,
      producedPerS: (entry.producedPerS ?? 0) / PARTITIONS,
      consumedPerS: (entry.consumedPerS ?? 0) / PARTITIONS,
      drainEtaMs: entry.drainEtaMs,
    });
  });
  return {
    nowMs: NOW_MS + 2_000,
    cluster: 'prod',
    atMs: NOW_MS,
    entry,
    trailAtMs: trail(NOW_MS),
    reason:
      entry.sentence === null
        ? null
        : {
            rule: 'noProgress',
            numbers: {
              noProgressMs: 724_000,
              pendingMessages: 48_210,
              usualMs: 30_000,
              toleranceMs: 105_000,
              samples: 12,
            },
            sentence: entry.sentence,
          },
    incident: SOME_INCIDENTS.find((incident) => incident.group === group) ?? null,
    window: { fromMs: NOW_MS - 600_000, toMs: NOW_MS, samples: 11 },
    measures: {
      usualCadenceMs: 30_000,
      skewRatio: 1.4,
      producedPeakPerS: 2_100,
      memberBestPerS: 460,
      rebalances: 1,
      lossEtaMs: 'never',
      lostMessages: 0,
    },
    capacity: capacityAdviceOf({
      producedPeakPerS: 2_100,
      memberPerS: 460,
      limitSeen: true,
      watchedMs: 86_400_000,
      members: entry.members ?? 0,
      partitions: PARTITIONS,
      backlogMessages: lag,
    }),
    members: hasMembers
      ? [0, 1, 2].map((member) => ({
          memberId: `m-${member}`,
          clientId: `worker-${member}`,
          host: `/10.0.3.${member}`,
          instanceId: member === 0 ? 'worker-0-static' : null,
          assigned: [{ topic: entry.topics[0] ?? 'orders', partitions: [member, member + 3, member + 6, member + 9] }],
          lagMessages: Math.round(lag / (member + 2)),
        }))
      : [],
    partitions,
  };
}

/** Its offsets over a range: they run together until the group stops, ten minutes before the end. */
export function aHistoryAnswer(group: string, { fromMs = NOW_MS - 900_000, toMs = NOW_MS } = {}): HistoryAnswer {
  const answer = aGroupAnswer(group);
  const samples = Math.min(240, Math.floor((toMs - fromMs) / 15_000));
  const atMs = Array.from({ length: samples }, (_, index) => toMs - (samples - 1 - index) * 15_000);
  const partitions = answer.partitions.map(({ topic, partition, committedOffset, logEndOffset }) => {
    const end = logEndOffset ?? 0;
    const stopMs = NOW_MS - 600_000;
    const perMs = (end - (committedOffset ?? 0)) / 600_000;
    const wobble = (at: number) => Math.round(Math.sin(at / 40_000 + partition) * perMs * 9_000);
    const logEndAt = (at: number) => Math.round(end - perMs * (NOW_MS - at)) + wobble(at);
    return {
      topic,
      partition,
      logEndOffset: atMs.map(logEndAt),
      committedOffset: atMs.map((at) =>
        at >= stopMs ? (committedOffset ?? 0) : logEndAt(at) - Math.round(perMs * 4_000),
      ),
    };
  });
  return {
    nowMs: NOW_MS + 2_000,
    cluster: 'prod',
    group,
    fromMs,
    toMs,
    atMs,
    lagMessages: atMs.map((_, index) =>
      partitions.reduce(
        (sum, series) => sum + (series.logEndOffset[index] ?? 0) - (series.committedOffset[index] ?? 0),
        0,
      ),
    ),
    members: atMs.map(() => answer.entry.members),
    partitions,
  };
}
