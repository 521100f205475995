import { SluicegateError } from '../core/errors.ts';
import type { Access } from './access/access.ts';
import { guarded } from './access/guard.ts';
import { compressed } from './http/compressed.ts';
import { tooLarge } from './http/limits.ts';
import { refusal } from './http/refusal.ts';
import type { HttpRequest } from './http/request.ts';
import { type RoutedSources, routed } from './routed.ts';
import { clusterViews, type ViewSources } from './view/cluster-views.ts';
import { groupStudies } from './view/group-studies.ts';

/** The stores, the configuration and the page that every answer comes from. */
export type ApiSources = Omit<RoutedSources, 'views' | 'studies'> & ViewSources;

/** Where refusals and failures are told, each once. */
export interface AnswerLog {
  warn(message: string, facts: Readonly<Record<string, string | number>>): void;
  error(message: string, facts: { readonly code: string; readonly error: Error }): void;
}

/** Answers one HTTP request. It reads, and never reaches Kafka. */
export type Answer = (request: HttpRequest, log: AnswerLog) => Promise<Response>;

/** What is read is kept from one request to the next, until a new sample is judged. */
export function answering(sources: ApiSources, access: Access): Answer {
  const all: RoutedSources = { ...sources, views: clusterViews(sources), studies: groupStudies(sources.history) };
  return async (request, log) => {
    const response = await answerTo(request, all, access).catch((error: unknown) => failed(request, error, log));
    if (response.status >= 400 && response.status < 500) {
      log.warn('request refused', {
        status: response.status,
        method: request.method,
        path: request.path.slice(0, 200),
      });
    }
    return compressed(response, request.headers.get('accept-encoding'));
  };
}

async function answerTo(request: HttpRequest, sources: RoutedSources, access: Access): Promise<Response> {
  const refused = tooLarge(request) ?? (await guarded(request, access, sources.clock.nowMs()));
  if (refused !== null) return refused;
  return routed(request, sources);
}

/** What went wrong stands in the log; the sender learns only whether to try again. */
function failed(request: HttpRequest, error: unknown, log: AnswerLog): Response {
  const code = error instanceof SluicegateError ? error.code : 'BUG';
  log.error('request failed', { code, error: error instanceof Error ? error : new Error(String(error)) });
  if (code === 'STORE_UNREACHABLE') {
    return refusal(request, 503, 'the table does not answer; try again', { 'retry-after': '5' });
  }
  return refusal(request, 500, `it failed (${code}); the log says why`);
}
