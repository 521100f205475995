import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { GateReason } from '../gate/judgement.ts';
import { seconds } from '../gate/seconds.ts';
import type { GateSettings } from '../gate/settings.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import type { Strategy } from './release.ts';

/** Whether a release could start now, and would be judged. */
export interface Preflight {
  readonly isReady: boolean;
  /** What stands in the way. */
  readonly problems: readonly GateReason[];
  /** What will make the answer later, or less certain. */
  readonly warnings: readonly GateReason[];
}

export interface PreflightQuestion {
  readonly group: string;
  readonly strategy: Strategy;
  readonly deadlineMs: number;
  readonly nowMs: number;
}

/** A sample older than so many sampling intervals says nothing of the present. */
const FRESH_INTERVALS = 5;

/**
 * @param snapshots of the group, oldest first, as far back as its past counts
 * @param open the group's open release, if any
 */
export function preflight(
  question: PreflightQuestion,
  snapshots: readonly ClusterSnapshot[],
  settings: GateSettings,
  open: LedgerEntry | null,
): Preflight {
  const seen = snapshots.filter(({ groups }) => groups.has(question.group));
  const problems = [
    notReadable(question, seen, settings),
    noMembers(question, seen),
    open === null ? null : alreadyOpen(open),
  ].filter((reason) => reason !== null);
  const warnings = [pastTooShort(seen, settings), tooQuiet(question, seen, settings)].filter(
    (reason) => reason !== null,
  );
  return { isReady: problems.length === 0, problems, warnings };
}

function notReadable(
  { group, nowMs }: PreflightQuestion,
  seen: readonly ClusterSnapshot[],
  settings: GateSettings,
): GateReason | null {
  const last = seen.at(-1);
  const blindMs = last === undefined ? null : nowMs - last.atMs;
  if (blindMs !== null && blindMs <= FRESH_INTERVALS * settings.gridMs) return null;
  if (blindMs === null) return reason('GROUP_NOT_SEEN', {}, `no sample shows the group "${group}"`);
  const sentence = `the group "${group}" was last seen ${seconds(blindMs)} ago`;
  return reason('GROUP_NOT_SEEN', { blindMs }, sentence);
}

function noMembers({ group, strategy }: PreflightQuestion, seen: readonly ClusterSnapshot[]): GateReason | null {
  const members = seen.at(-1)?.groups.get(group)?.members;
  if (strategy === 'stop' || members === undefined || members === null || members.length > 0) return null;
  return reason('NO_MEMBERS', { members: 0 }, `"${group}" has no members: there is no old version to compare with`);
}

const alreadyOpen = ({ release }: LedgerEntry): GateReason =>
  reason('RELEASE_OPEN', {}, `release ${release.id} of "${release.group}" is open: finish it first`);

function pastTooShort(seen: readonly ClusterSnapshot[], { baselineSamples }: GateSettings): GateReason | null {
  if (seen.length >= baselineSamples) return null;
  return reason(
    'PAST_UNKNOWN',
    { samples: seen.length, wanted: baselineSamples },
    `the group was seen ${seen.length} times, wanted ${baselineSamples}: without a past nothing is promoted`,
  );
}

/** A canary gets a share of it only: what is not enough for all of the group is not enough for a part. */
function tooQuiet(
  { group, deadlineMs }: PreflightQuestion,
  seen: readonly ClusterSnapshot[],
  { messages: wanted }: GateSettings,
): GateReason | null {
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  const consumedPerMs = (positionOf(last, group) - positionOf(first, group)) / (last.atMs - first.atMs);
  const messages = Math.max(0, Math.floor(consumedPerMs * deadlineMs));
  if (messages >= wanted) return null;
  const sentence = `at its usual rate the group handles ${messages} messages before the deadline, wanted ${wanted}`;
  return reason('TOO_LITTLE_TRAFFIC', { messages, wanted }, sentence);
}

function positionOf({ groups }: ClusterSnapshot, group: string): number {
  let sum = 0;
  for (const committed of groups.get(group)?.committed.values() ?? []) {
    for (const offset of committed) sum += offset ?? 0;
  }
  return sum;
}

const reason = (code: string, numbers: GateReason['numbers'], sentence: string): GateReason => ({
  code,
  numbers,
  sentence,
});
