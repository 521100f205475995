import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import { median, quantile } from '../statistics/quantile.ts';
import type { Decision, GateReason, Judgement } from './judgement.ts';
import { openPlacebo, type Placebo } from './placebo.ts';
import type { GateSettings } from './settings.ts';

/** What a placebo came to. */
export interface PlaceboOutcome {
  readonly strategy: 'canary' | 'rolling';
  readonly startedAtMs: number;
  readonly decision: Decision;
  readonly afterMs: number;
  readonly reasons: readonly GateReason[];
  /** How far behind the worst judged partition was at the end, beyond its usual time lag; null: not known. */
  readonly excessTimeLagMs: number | null;
}

/** What the gate's settings would have done to a group's past, in which nothing was released. */
export interface BacktestSummary {
  readonly group: string;
  readonly placebos: number;
  readonly rolledBack: number;
  readonly undecided: number;
  /** Null: no placebo ran. */
  readonly falseRollbackRatio: number | null;
  readonly medianMinutes: number | null;
  /** How often each reason rolled back. */
  readonly codes: Readonly<Record<string, number>>;
  /** Time lag beyond the usual within which 95 % of the placebos ended; null: too few to say. */
  readonly suggestedPassMarginMs: number | null;
}

/** Fewer outcomes say nothing about their 95 % quantile. */
const OUTCOMES_MIN = 10;
const MARGIN_STEP_MS = 5_000;

export interface BacktestSettings {
  readonly gate: GateSettings;
  readonly deadlineMs: number;
  /** Between two placebos. */
  readonly everyMs: number;
  /** How much of the past the first one must have. */
  readonly pastMs: number;
}

/** Runs placebos over one group's past, one after the other and overlapping; as constant in memory as a judgement. */
export interface BacktestRun {
  observe(snapshot: ClusterSnapshot): void;
  readonly outcomes: readonly PlaceboOutcome[];
}

export function openBacktest(group: string, settings: BacktestSettings): BacktestRun {
  const { everyMs, pastMs, deadlineMs, gate } = settings;
  const outcomes: PlaceboOutcome[] = [];
  let running: readonly Placebo[] = [];
  let turn = 0;
  let nextMs: number | null = null;
  return {
    outcomes,
    observe(snapshot) {
      if (!snapshot.groups.has(group)) return;
      nextMs ??= snapshot.atMs;
      // A placebo watches from its past on; it starts later.
      while (snapshot.atMs >= nextMs) {
        const strategy = turn % 2 === 0 ? 'canary' : 'rolling';
        running = [...running, openPlacebo({ group, strategy, startedAtMs: nextMs + pastMs, turn }, deadlineMs, gate)];
        nextMs += everyMs;
        turn++;
      }
      for (const placebo of running) {
        const judgement = placebo.observe(snapshot);
        if (judgement === null) continue;
        if (judgement !== 'void') outcomes.push(outcomeOf(placebo, judgement));
        running = running.filter((other) => other !== placebo);
      }
    },
  };
}

function outcomeOf({ release }: Placebo, { decision, reasons, evidence }: Judgement): PlaceboOutcome {
  return {
    strategy: release.strategy === 'canary' ? 'canary' : 'rolling',
    startedAtMs: release.startedAtMs,
    decision,
    afterMs: evidence.atMs - release.startedAtMs,
    reasons,
    excessTimeLagMs: evidence.excessTimeLagMs,
  };
}

export function summaryOf(group: string, outcomes: readonly PlaceboOutcome[]): BacktestSummary {
  const rolledBack = outcomes.filter(({ decision }) => decision === 'ROLLBACK');
  const excess = outcomes.map(({ excessTimeLagMs }) => excessTimeLagMs).filter((ms) => ms !== null);
  const within = excess.length < OUTCOMES_MIN ? null : quantile(excess, 0.95);
  const codes: Record<string, number> = {};
  for (const { code } of rolledBack.flatMap(({ reasons }) => reasons)) codes[code] = (codes[code] ?? 0) + 1;
  const medianMs = median(outcomes.map(({ afterMs }) => afterMs));
  return {
    group,
    placebos: outcomes.length,
    rolledBack: rolledBack.length,
    undecided: outcomes.filter(({ decision }) => decision === 'INCONCLUSIVE').length,
    falseRollbackRatio: outcomes.length === 0 ? null : rolledBack.length / outcomes.length,
    medianMinutes: medianMs === null ? null : medianMs / 60_000,
    codes,
    suggestedPassMarginMs: within === null ? null : Math.ceil(within / MARGIN_STEP_MS) * MARGIN_STEP_MS,
  };
}
