import { refusal } from '../http/refusal.ts';
import type { HttpRequest } from '../http/request.ts';
import { htmlResponse, lineResponse } from '../http/response.ts';
import { type Access, proofOf } from './access.ts';
import { loginResponse } from './login.ts';

/** Null: the sender may read. Otherwise what is answered instead. */
export async function guarded(request: HttpRequest, access: Access, nowMs: number): Promise<Response | null> {
  if (access.kind === 'open') return null;
  const login = await loginResponse(request, access, nowMs);
  if (login !== null) return login;
  const token = await access.readToken();
  const proof = proofOf(request.headers, { token, isSecure: access.isSecure, nowMs });
  if (proof === 'token' || proof === 'session') return null;
  if (isPageVisit(request)) return pageVisit(request);
  const line = proof === 'none' ? 'a token is needed' : 'the token is wrong, or the session is over';
  return refusal(request, 401, line, { 'www-authenticate': challengeOf(request) });
}

const isPageVisit = ({ method, path, headers }: HttpRequest): boolean =>
  method === 'GET' && path === '/' && (headers.get('accept') ?? '').includes('text/html');

/**
 * A browser leaves the cookie at home when somebody comes by a link from elsewhere (a notice in Slack, say): a page that
 * loads itself again is enough to have it sent, and keeps the place on the page that the link names.
 */
function pageVisit({ headers }: HttpRequest): Response {
  if (headers.get('sec-fetch-site') === 'cross-site') return htmlResponse(200, COME_AGAIN);
  return lineResponse(303, 'log in first', { location: '/login' });
}

const COME_AGAIN =
  '<!doctype html><html lang="en"><title>sluicegate</title><meta http-equiv="refresh" content="0"><p>One moment …</p></html>\n';

/** Our page's own calls must not make the browser open a login box of its own. */
const challengeOf = ({ path }: HttpRequest): string =>
  path.startsWith('/api/') ? 'Bearer realm="sluicegate"' : 'Basic realm="sluicegate", charset="UTF-8"';
