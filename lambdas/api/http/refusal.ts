import type { Problem } from '../answers/problem.ts';
import type { HttpRequest } from './request.ts';
import { jsonResponse, lineResponse } from './response.ts';

/** Why a request is not answered, in one line and in the form that its sender reads. */
export function refusal(
  { path }: Pick<HttpRequest, 'path'>,
  status: number,
  line: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (path.startsWith('/api/')) return jsonResponse(status, { error: line } satisfies Problem, headers);
  return lineResponse(status, line, headers);
}
