import type { Asked } from './ask.ts';

/** The last good answer to a question, and how the latest attempt went. */
export interface Answered<Answer> {
  /** Null before the first good one. */
  readonly answer: Answer | null;
  /** When it arrived, by the server's clock (epoch); null before the first. */
  readonly receivedAtMs: number | null;
  /** Why the latest attempt gave nothing; null when it did, or none has ended yet. */
  readonly problem: { readonly sentence: string; readonly status: number | null; readonly sinceMs: number } | null;
}

export const NOT_YET: Answered<never> = { answer: null, receivedAtMs: null, problem: null };

/** A bad answer never takes a good one away: it is said beside it, since when. */
export function withAttempt<Answer>(before: Answered<Answer>, asked: Asked<Answer>, nowMs: number): Answered<Answer> {
  if (asked.kind === 'answered') return { answer: asked.answer, receivedAtMs: nowMs, problem: null };
  return {
    ...before,
    problem: {
      sentence: asked.sentence,
      status: asked.kind === 'refused' ? asked.status : null,
      sinceMs: before.problem?.sinceMs ?? nowMs,
    },
  };
}

/** How often to look: twice in each sample's interval, so that a new sample is seen soon and a scrape stays cheap. */
export const pollEveryMs = (sampleIntervalMs: number): number =>
  Math.min(30_000, Math.max(2_000, sampleIntervalMs / 2));
