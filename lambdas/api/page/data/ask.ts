import type { Problem } from '../../answers/problem.ts';

/** What came of one question to the API. */
export type Asked<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** It answered that it can't: `sentence` says why. */
  | { readonly kind: 'refused'; readonly status: number; readonly sentence: string }
  /** Nothing came back, or nothing that was understood. */
  | { readonly kind: 'silent'; readonly sentence: string };

/** A question that takes longer will not be answered any more. */
const PATIENCE_MS = 20_000;

/** Asks the API. Never throws: a page that shows the last good answer needs no exception for a bad one. */
export async function ask<Answer>(address: string, signal: AbortSignal): Promise<Asked<Answer>> {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      headers: { accept: 'application/json' },
      cache: 'no-store',
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && body !== null) return { kind: 'answered', answer: body as Answer };
    return { kind: 'refused', status: response.status, sentence: refusalOf(response.status, body) };
  } catch (cause: unknown) {
    return { kind: 'silent', sentence: silenceOf(cause) };
  }
}

const refusalOf = (status: number, body: unknown): string =>
  isProblem(body) ? body.error : `the API answered with status ${status}`;

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string';

const silenceOf = (cause: unknown): string =>
  cause instanceof DOMException && cause.name === 'TimeoutError'
    ? `the API did not answer within ${PATIENCE_MS / 1_000} s`
    : 'the API does not answer';
