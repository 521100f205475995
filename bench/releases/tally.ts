import { median } from '../../lambdas/core/statistics/quantile.ts';
import type { Answer } from './judges.ts';

/**
 * What is true of a release: `blind` is bad in a way that offsets and membership can't show before the deadline; `late`
 * shows only when a gate that keeps nobody waiting has decided.
 */
export type Truth = 'good' | 'bad' | 'late' | 'blind';

/** Decisions of one judge, counted by class. */
export interface Tally {
  readonly rows: Map<string, { readonly truth: Truth; readonly answers: TimedAnswer[] }>;
}

/** `isEarly`: the fault could not be seen yet. */
type TimedAnswer = Answer & { readonly isEarly: boolean };

export const emptyTally = (): Tally => ({ rows: new Map() });

/** What is true of a release, as far as it is counted. */
interface Labelled {
  readonly name: string;
  readonly truth: Truth;
  /** Null: there is no fault, or it never shows. */
  readonly visibleAtMinutes: number | null;
}

export function count({ rows }: Tally, { name, truth, visibleAtMinutes }: Labelled, answer: Answer): void {
  const row = rows.get(name) ?? { truth, answers: [] };
  row.answers.push({ ...answer, isEarly: visibleAtMinutes !== null && answer.minutes < visibleAtMinutes });
  rows.set(name, row);
}

/** One line per class. */
export function classTable({ rows }: Tally): string {
  const lines = [...rows].map(([name, { answers }]) => `${name.padEnd(42)}${cells(answers)}`);
  return [`${'class'.padEnd(42)}${HEADS.map((head) => head.padStart(10)).join('')}`, ...lines].join('\n');
}

const HEADS = ['n', 'promote', 'rollback', 'none', 'median min'];

function cells(answers: readonly Answer[]): string {
  const of = (decision: Answer['decision']): number => answers.filter((answer) => answer.decision === decision).length;
  const numbers = [answers.length, of('PROMOTE'), of('ROLLBACK'), of('INCONCLUSIVE'), medianMinutes(answers)];
  return numbers.map((value) => String(value).padStart(10)).join('');
}

/** The figures that the gate is held to, in one line of a Markdown table. */
export function summaryRow(name: string, { rows }: Tally): string {
  const answersOf = (truth: Truth): TimedAnswer[] =>
    [...rows.values()].filter((row) => row.truth === truth).flatMap(({ answers }) => answers);
  const [good, bad, late] = [answersOf('good'), answersOf('bad'), answersOf('late')];
  const share = (answers: readonly Answer[], decision: Answer['decision']): string => {
    const matching = answers.filter((answer) => answer.decision === decision).length;
    return `${((100 * matching) / Math.max(1, answers.length)).toFixed(1)} %`;
  };
  const early = bad.filter(({ decision, isEarly }) => decision === 'PROMOTE' && isEarly);
  const figures = [
    `${share(bad, 'PROMOTE')}, ${early.length} of ${bad.length} early`,
    late.length === 0 ? '–' : share(late, 'PROMOTE'),
    share(good, 'ROLLBACK'),
    share(good, 'INCONCLUSIVE'),
    `${medianMinutes(good)} / ${medianMinutes(bad)}`,
  ];
  return `| ${[name, ...figures].join(' | ')} |`;
}

export const SUMMARY_HEAD = `| judge | false promote | of those that show late | false rollback | good left undecided | median minutes, good / bad |
|---|---|---|---|---|---|`;

const medianMinutes = (answers: readonly Answer[]): string => {
  const decided = answers.filter(({ decision }) => decision !== 'INCONCLUSIVE').map(({ minutes }) => minutes);
  return median(decided)?.toFixed(1) ?? '–';
};
