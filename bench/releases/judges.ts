import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { openJudgement } from '../../lambdas/core/gate/open-judgement.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import type { Release } from '../../lambdas/core/release/release.ts';

/** What a way of judging came to. */
export interface Answer {
  readonly decision: 'PROMOTE' | 'ROLLBACK' | 'INCONCLUSIVE';
  /** After the start. */
  readonly minutes: number;
  /** Codes and sentences, for looking into it. */
  readonly why: string;
}

/** A way of judging a release from its group's snapshots. */
export type Judge = (release: Release, snapshots: readonly ClusterSnapshot[]) => Answer;

/** Ours, with its defaults. */
const sluicegate: Judge = (release, snapshots) => {
  const run = openJudgement(release, DEFAULT_GATE_SETTINGS);
  for (const snapshot of snapshots) {
    const { decision, reasons } = run.observe(snapshot);
    if (decision === 'CONTINUE') continue;
    const why = reasons.map(({ code, sentence }) => `${code}: ${sentence}`).join(' | ');
    return { decision, minutes: minutesAfter(release, snapshot), why };
  }
  return { decision: 'INCONCLUSIVE', minutes: release.deadlineMs / 60_000, why: 'the snapshots end' };
};

/** What most pipelines do: look once, ten minutes after the start, and roll back if more than 100 messages wait. */
const fixedLag: Judge = (release, snapshots) => {
  const snapshot = snapshots.find((it) => minutesAfter(release, it) >= 10);
  const lag = snapshot === undefined ? 0 : lagMessages(snapshot, release.group);
  return { decision: lag > 100 ? 'ROLLBACK' : 'PROMOTE', minutes: 10, why: `${lag} messages wait` };
};

/** Significance of the rank test, two-sided 5 %. */
const Z_LIMIT = -1.96;

/**
 * What a canary judge made for request rates does: after fifteen minutes a Mann–Whitney test of the group's consumption
 * by the minute against the half hour before the start; significantly less is a rollback.
 */
const rankTestOnRates: Judge = (release, snapshots) => {
  const rates = snapshots.slice(1).flatMap((snapshot, index) => {
    const [before, after] = [snapshots[index], snapshot].map((it) => it && committedSum(it, release.group));
    return before == null || after == null ? [] : [{ minutes: minutesAfter(release, snapshot), rate: after - before }];
  });
  const past = rates.filter(({ minutes }) => minutes < 0 && minutes >= -30).map(({ rate }) => rate);
  const now = rates.filter(({ minutes }) => minutes >= 0 && minutes <= 15).map(({ rate }) => rate);
  const z = mannWhitneyZ(now, past);
  return { decision: z < Z_LIMIT ? 'ROLLBACK' : 'PROMOTE', minutes: 15, why: `z = ${z.toFixed(2)}` };
};

/** Every judge, by the name that tables use. */
export const JUDGES: Readonly<Record<string, Judge>> = {
  sluicegate,
  'lag > 100 after 10 min': fixedLag,
  'Mann–Whitney on rates after 15 min': rankTestOnRates,
};

const minutesAfter = ({ startedAtMs }: Release, { atMs }: ClusterSnapshot): number => (atMs - startedAtMs) / 60_000;

function lagMessages({ topics, groups }: ClusterSnapshot, group: string): number {
  let sum = 0;
  for (const [topic, offsets] of groups.get(group)?.committed ?? []) {
    offsets.forEach((offset, partition) => {
      const end = topics.get(topic)?.[partition]?.logEndOffset ?? null;
      if (end !== null && offset !== null) sum += Math.max(0, end - offset);
    });
  }
  return sum;
}

function committedSum({ groups }: ClusterSnapshot, group: string): number | null {
  const committed = groups.get(group)?.committed;
  if (committed === undefined) return null;
  return [...committed.values()].flat().reduce<number>((sum, offset) => sum + (offset ?? 0), 0);
}

/** The rank-sum statistic of `now` against `past`, standardised; below 0: smaller. */
function mannWhitneyZ(now: readonly number[], past: readonly number[]): number {
  let wins = 0;
  for (const a of now) for (const b of past) wins += a > b ? 1 : a === b ? 0.5 : 0;
  const [n, m] = [now.length, past.length];
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return deviation === 0 ? 0 : (wins - (n * m) / 2) / deviation;
}
