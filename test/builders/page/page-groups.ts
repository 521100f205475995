import type { DrainEtaMs, GroupEntry, GroupsAnswer, StatusCounts } from '../../../lambdas/api/answers/groups-answer.ts';
import type { GroupStatus } from '../../../lambdas/core/status/verdict.ts';

/** A healthy group in one line. */
export const aGroupEntry = (entry: Partial<GroupEntry> = {}): GroupEntry => ({
  group: 'orders',
  status: 'OK',
  kind: null,
  sentence: null,
  incidentOpenedAtMs: null,
  type: 'classic',
  state: 'Stable',
  members: 3,
  topics: ['orders'],
  partitions: 6,
  partitionsNotOk: 0,
  lagMessages: 0,
  timeLag: { kind: 'known', timeLagMs: 0 },
  producedPerS: 120,
  consumedPerS: 120,
  drainEtaMs: 0,
  lagMessagesTrail: [],
  ...entry,
});

/** The answer that lists these groups, all of them on one page. */
export function aGroupsAnswer(
  groups: readonly GroupEntry[],
  { nowMs = NOW_MS, trailAtMs = trail(nowMs) } = {},
): GroupsAnswer {
  return {
    nowMs: nowMs + 2_000,
    cluster: 'prod',
    atMs: nowMs,
    counts: countsOf(groups),
    total: groups.length,
    offset: 0,
    trailAtMs,
    groups,
  };
}

export const NOW_MS = Date.UTC(2026, 10, 24, 13, 0, 0);
export const SAMPLES = 40;

/** A sample each minute up to now. */
export const trail = (nowMs: number, samples = SAMPLES): readonly number[] =>
  Array.from({ length: samples }, (_, index) => nowMs - (samples - 1 - index) * 60_000);

export function countsOf(groups: readonly GroupEntry[]): StatusCounts {
  const count = (status: GroupStatus) => groups.filter((group) => group.status === status).length;
  return { OK: count('OK'), WARN: count('WARN'), ERR: count('ERR'), UNKNOWN: count('UNKNOWN') };
}

const wave = (base: number, swing: number, shift = 0): readonly number[] =>
  Array.from({ length: SAMPLES }, (_, index) =>
    Math.max(0, Math.round(base + swing * Math.sin((index + shift) / 3) * Math.cos((index * 7 + shift) / 11))),
  );

const ramp = (from: number, to: number, since = 0): readonly number[] =>
  Array.from({ length: SAMPLES }, (_, index) =>
    index < since ? from : Math.round(from + ((to - from) * (index - since)) / (SAMPLES - 1 - since)),
  );

const drains = (drainEtaMs: DrainEtaMs) => ({ drainEtaMs });

/** A cluster with one group of each kind of trouble, and calm ones. */
export const SOME_GROUPS: readonly GroupEntry[] = [
  aGroupEntry({
    group: 'payments-settlement',
    status: 'ERR',
    kind: 'STOPPED',
    sentence: 'payments-0: no progress for 12 min with 48,210 waiting; usual 30 s; the group has no members',
    incidentOpenedAtMs: NOW_MS - 700_000,
    state: 'Empty',
    members: 0,
    topics: ['payments', 'payments.retry'],
    partitions: 24,
    partitionsNotOk: 24,
    lagMessages: 1_284_210,
    timeLag: { kind: 'known', timeLagMs: 724_000 },
    producedPerS: 1_780,
    consumedPerS: 0,
    ...drains('never'),
    lagMessagesTrail: ramp(120, 1_284_210, 26),
  }),
  aGroupEntry({
    group: 'email-sender',
    status: 'ERR',
    kind: 'STALLED',
    sentence: 'mails-3: no progress for 190 s with 1,204 waiting; usual 30 s; owner mailer-7 at /10.0.3.2',
    incidentOpenedAtMs: NOW_MS - 100_000,
    type: 'consumer',
    topics: ['mails'],
    partitionsNotOk: 1,
    lagMessages: 1_320,
    timeLag: { kind: 'known', timeLagMs: 190_000 },
    producedPerS: 38.2,
    consumedPerS: 31.8,
    ...drains('never'),
    lagMessagesTrail: ramp(40, 1_320, 35),
  }),
  aGroupEntry({
    group: 'search-indexer-with-quite-a-long-name-that-somebody-chose-on-a-friday',
    status: 'WARN',
    kind: 'FALLING_BEHIND',
    sentence: 'lag after each commit grew from 2,100 to 96,400 in 320 s; in 900/s, out 610/s',
    incidentOpenedAtMs: NOW_MS - 400_000,
    type: 'consumer',
    topics: ['catalog', 'prices', 'stock', 'reviews'],
    partitions: 48,
    partitionsNotOk: 31,
    members: 12,
    lagMessages: 96_400,
    timeLag: { kind: 'atLeast', timeLagMs: 3_600_000 },
    producedPerS: 900,
    consumedPerS: 610,
    ...drains('never'),
    lagMessagesTrail: ramp(1_200, 96_400, 14),
  }),
  aGroupEntry({
    group: 'audit-export',
    status: 'UNKNOWN',
    sentence: 'too few samples: 2 of 3',
    type: 'share',
    members: null,
    topics: ['audit'],
    lagMessages: null,
    timeLag: { kind: 'unknown' },
    producedPerS: null,
    consumedPerS: null,
    ...drains(null),
    lagMessagesTrail: trail(NOW_MS).map((_, index) => (index < SAMPLES - 3 ? null : 12)),
  }),
  ...[
    'billing',
    'fraud-scoring',
    'inventory',
    'ledger-writer',
    'notifications',
    'recommendations',
    'shipping',
    'warehouse-sync',
  ].map((group, index) =>
    aGroupEntry({
      group,
      type: (['classic', 'consumer', 'streams'] as const)[index % 3] ?? 'classic',
      topics: [`${group}.events`],
      partitions: 6 + 6 * (index % 3),
      members: 2 + index,
      lagMessages: wave(80 * (index + 1), 60 * (index + 1), index * 5).at(-1) ?? 0,
      timeLag: { kind: 'known', timeLagMs: 400 * index },
      producedPerS: 14.5 * (index + 1) ** 2,
      consumedPerS: 14.6 * (index + 1) ** 2,
      ...drains(1_000 * index),
      lagMessagesTrail: wave(80 * (index + 1), 60 * (index + 1), index * 5),
    }),
  ),
];

/** As many groups as asked for, a few of them in trouble. */
export const manyGroups = (count: number): readonly GroupEntry[] =>
  Array.from({ length: count }, (_, index) => {
    const pattern = index % 97 === 5 ? SOME_GROUPS[index % 4] : SOME_GROUPS[4 + (index % 8)];
    return { ...(pattern ?? aGroupEntry()), group: `team-${index % 40}.consumer-${index}`, partitions: 10 };
  });
