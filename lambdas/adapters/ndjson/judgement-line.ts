import type { Judgement } from '../../core/gate/judgement.ts';

/** A judgement and the snapshot that it was asked about: a late or doubled one repeats an older judgement. */
export interface JudgementAt {
  readonly atMs: number;
  readonly releaseId: string;
  readonly judgement: Judgement;
}

/** One judgement as a line of `replay`'s output, without its newline. */
export function renderJudgement({ atMs, releaseId, judgement }: JudgementAt): string {
  const { decision, reasons, evidence } = judgement;
  return JSON.stringify({ at: atMs, release: releaseId, decision, reasons, evidence });
}
