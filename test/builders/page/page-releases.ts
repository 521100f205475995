import type { ReleaseAnswer } from '../../../lambdas/api/answers/release-answer.ts';
import type { ReleaseEntry, ReleasesAnswer } from '../../../lambdas/api/answers/releases-answer.ts';
import { NOW_MS } from './page-groups.ts';

const STARTED_MS = NOW_MS - 1_500_000;
const DECIDED_MS = NOW_MS - 420_000;

/** A release that the gate sent back. */
export const aReleaseEntry = (entry: Partial<ReleaseEntry> = {}): ReleaseEntry => ({
  id: 'email-sender-v42',
  group: 'email-sender',
  strategy: 'canary',
  startedAtMs: STARTED_MS,
  deadlineAtMs: STARTED_MS + 3_600_000,
  decision: 'ROLLBACK',
  settled: entry.decision ?? 'ROLLBACK',
  state: 'open',
  mode: 'release',
  attempt: 1,
  askedBy: { caller: 'codepipeline', name: 'email-sender-prod' },
  finishedAtMs: null,
  decidedAtMs: DECIDED_MS,
  sentence: "the new version's time lag is 6 min beyond the usual one, limit 4 min",
  ...entry,
});

export const SOME_RELEASES: readonly ReleaseEntry[] = [
  aReleaseEntry({
    id: 'billing-2026.11.4',
    group: 'billing',
    strategy: 'rolling',
    decision: 'CONTINUE',
    startedAtMs: NOW_MS - 240_000,
    decidedAtMs: NOW_MS - 20_000,
    sentence: 'in place for 2 min of 10 min',
  }),
  aReleaseEntry(),
  aReleaseEntry({
    id: 'email-sender-v41',
    decision: 'PROMOTE',
    startedAtMs: NOW_MS - 90_000_000,
    decidedAtMs: NOW_MS - 88_900_000,
    sentence: 'no worse than before over 14 samples; 9,120 messages handled',
  }),
  aReleaseEntry({
    id: 'shipping-7',
    group: 'shipping',
    strategy: 'blue-green',
    decision: 'INCONCLUSIVE',
    startedAtMs: NOW_MS - 190_000_000,
    decidedAtMs: NOW_MS - 186_400_000,
    sentence: 'too little load by the deadline: 2 messages of 3',
  }),
];

export const aReleasesAnswer = (releases: readonly ReleaseEntry[] = SOME_RELEASES): ReleasesAnswer => ({
  nowMs: NOW_MS + 2_000,
  cluster: 'prod',
  releases,
  next: null,
});

/** A canary that gets slower and slower beside a control that does not. */
export function aReleaseAnswer(id = 'email-sender-v42'): ReleaseAnswer {
  const entry = SOME_RELEASES.find((release) => release.id === id) ?? aReleaseEntry({ id });
  const atMs = Array.from({ length: 46 }, (_, index) => NOW_MS - (45 - index) * 60_000);
  const isAfter = (at: number) => at >= entry.startedAtMs;
  const isRolledBack = (at: number) =>
    entry.decision === 'ROLLBACK' && entry.decidedAtMs !== null && at > entry.decidedAtMs + 60_000;
  const canaryAt = <T>(at: number, value: T): T | null => (isAfter(at) && !isRolledBack(at) ? value : null);
  const noise = (at: number) => 1 + 0.2 * Math.sin(at / 130_000);
  return {
    nowMs: NOW_MS + 2_000,
    cluster: 'prod',
    entry,
    canary: { client: null, instance: '^v42-', host: null },
    start: {
      atMs: entry.startedAtMs,
      partitions: [0, 1, 2, 3, 4, 5].map((partition) => ({
        topic: 'mails',
        partition,
        committedOffset: partition === 5 ? null : 120_000 + partition * 17,
        log: { startOffset: 80_000, endOffset: 120_040 + partition * 17 },
      })),
    },
    finish: null,
    decisions: [],
    rollbacks: [],
    reasons: [
      {
        code: 'TIME_LAG_WORSE',
        numbers: { excessTimeLagMs: 372_000, limitMs: 240_000, samples: 9 },
        sentence: entry.sentence ?? '',
      },
      {
        code: 'SLOWER',
        numbers: { consumedPerS: 4.1, knownPerS: 10.4, ratio: 0.39 },
        sentence: 'consumes 4.1/s a partition where the old version did 10.4/s',
      },
    ],
    evidence: {
      atMs: entry.decidedAtMs ?? NOW_MS,
      inPlaceMs: 1_020_000,
      samples: 258,
      baselineSamples: 240,
      judgedPartitions: 2,
      controlPartitions: 4,
      handledMessages: 7_410,
      excessTimeLagMs: 372_000,
      loadSeenRatio: 0.94,
    },
    curves: {
      atMs,
      canary: {
        partitions: atMs.map((at) => canaryAt(at, 2) ?? 0),
        lagMessages: atMs.map((at) => canaryAt(at, Math.round(((at - entry.startedAtMs) / 1_000) * 6.2 * noise(at)))),
        timeLagMs: atMs.map((at) => canaryAt(at, Math.round((at - entry.startedAtMs) * 0.4 * noise(at)))),
        consumedPerS: atMs.map((at) => canaryAt(at, 8.2 * noise(at))),
      },
      control: {
        partitions: atMs.map((at) => canaryAt(at, 4) ?? 6),
        lagMessages: atMs.map((at) => Math.round(80 * noise(at * 1.7))),
        timeLagMs: atMs.map((at) => Math.round(9_000 * noise(at * 1.7))),
        consumedPerS: atMs.map((at) => (canaryAt(at, 41) ?? 62) * noise(at * 1.3)),
      },
    },
  };
}
