import type { Problem } from '../answers/problem.ts';
import { jsonResponse } from '../http/response.ts';

/** What a route under /api/ comes to: an answer, or what is wrong with the question. */
export type Reply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly status: 400 | 404; readonly error: string };

export const answered = <Answer>(answer: Answer): Reply<Answer> => ({ kind: 'answer', answer });

/** The question can't be understood. */
export const badQuestion = (error: string): Reply<never> => ({ kind: 'problem', status: 400, error });

/** What was asked about is not there. */
export const notThere = (error: string): Reply<never> => ({ kind: 'problem', status: 404, error });

export function replyResponse(reply: Reply<unknown>): Response {
  if (reply.kind === 'answer') return jsonResponse(200, reply.answer);
  const problem: Problem = { error: reply.error };
  return jsonResponse(reply.status, problem);
}
