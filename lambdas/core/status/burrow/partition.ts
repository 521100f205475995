import type { Commit, CommitRing } from './commit-ring.ts';
import type { BurrowSettings } from './settings.ts';
import {
  type CommitWindow,
  isCaughtUp,
  lagNeverFell,
  lagWasGone,
  offsetsStalled,
  rewoundForGood,
  stopped,
  tooIncomplete,
} from './window-rules.ts';

/** Burrow's words. They stay in this folder, and in the HTTP API that speaks them. */
export type BurrowStatus = 'OK' | 'WARN' | 'STOP' | 'STALL' | 'REWIND';

/** What decided. docs/rulesets/burrow.md has each. */
export type BurrowRuleName =
  | 'tooIncomplete'
  | 'caughtUp'
  | 'stopped'
  | 'rewound'
  | 'lagWasGone'
  | 'stalled'
  | 'lagNeverFell';

interface Rule {
  readonly name: BurrowRuleName;
  readonly status: BurrowStatus;
  readonly holds: (window: CommitWindow) => boolean;
}

/** The first rule that holds decides; where none does, the partition is OK. */
const RULES: readonly Rule[] = [
  { name: 'tooIncomplete', status: 'OK', holds: tooIncomplete },
  // Before everything else: with nothing waiting, a dead consumer does no harm yet.
  { name: 'caughtUp', status: 'OK', holds: isCaughtUp },
  // Before the lags of the window, which may be very old by now.
  { name: 'stopped', status: 'STOP', holds: stopped },
  // Before `lagWasGone`: a consumer without lag that falls back to the beginning would otherwise be OK all the way.
  { name: 'rewound', status: 'REWIND', holds: rewoundForGood },
  { name: 'lagWasGone', status: 'OK', holds: lagWasGone },
  { name: 'stalled', status: 'STALL', holds: offsetsStalled },
  { name: 'lagNeverFell', status: 'WARN', holds: lagNeverFell },
];

/** What is known of one partition of one group. */
export interface PartitionEvidence {
  readonly commits: CommitRing;
  /** Oldest first; empty where the topic is not known. */
  readonly logEndOffsets: readonly number[];
  /** Now (epoch). */
  readonly nowMs: number;
}

/** Burrow's answer for one partition. */
export interface BurrowPartition {
  readonly status: BurrowStatus;
  /** The rule that decided; null: none did, or there was nothing to judge by. */
  readonly rule: BurrowRuleName | null;
  /** Filled slots / slots; 1 / slots for a window with nothing but blanks, as Burrow says it. */
  readonly completeRatio: number;
  readonly currentLagMessages: number;
  /** The oldest and newest commit in the window. */
  readonly start: Commit | null;
  readonly end: Commit | null;
}

/** Lag of the newest commit against the newest log end; 0 where either is missing. */
export function currentLagOf({ commits, logEndOffsets }: PartitionEvidence): number {
  const [logEndOffset, commit] = [logEndOffsets.at(-1), commits.at(-1)];
  return logEndOffset === undefined || commit === undefined ? 0 : Math.max(0, logEndOffset - commit.offset);
}

/** One partition's verdict: the first rule of the cascade that holds. */
export function judgePartition(
  evidence: PartitionEvidence,
  settings: BurrowSettings,
  currentLagMessages = currentLagOf(evidence),
): BurrowPartition {
  const { commits, logEndOffsets } = evidence;
  const [start, end] = [commits[0], commits.at(-1)];
  const completeRatio = completeRatioOf(commits.length, settings.intervals);
  if (start === undefined || end === undefined) {
    return { status: 'OK', rule: null, completeRatio, currentLagMessages, start: null, end: null };
  }
  const window: CommitWindow = {
    commits,
    completeRatio,
    logEndOffsets,
    currentLagMessages,
    nowMs: Math.floor(evidence.nowMs / 1_000) * 1_000,
    allowedLagMessages: settings.allowedLagMessages,
    minimumCompleteRatio: settings.minimumCompleteRatio,
  };
  const rule = RULES.find(({ holds }) => holds(window));
  return { status: rule?.status ?? 'OK', rule: rule?.name ?? null, completeRatio, currentLagMessages, start, end };
}

/** A window of blanks alone counts one of them as filled, as in Burrow. */
function completeRatioOf(filled: number, slots: number): number {
  return slots === 0 ? 0 : Math.max(1, filled) / slots;
}
