import { isSame } from '../../adapters/secrets/access-token.ts';
import type { HttpRequest } from '../http/request.ts';
import { bodyResponse, htmlResponse, lineResponse } from '../http/response.ts';
import type { Access } from './access.ts';
import { endedCookie, sessionCookie } from './cookie.ts';
import { LOGIN_CSS, renderLoginPage } from './login-page.ts';
import { sessionValue } from './session.ts';

type TokenAccess = Extract<Access, { readonly kind: 'token' }>;

/** The routes that a browser may use before it is logged in. Null: the request is for something else. */
export async function loginResponse(
  request: HttpRequest,
  access: TokenAccess,
  nowMs: number,
): Promise<Response | null> {
  const { method, path, body } = request;
  if (path === '/login.css' && isReading(method)) return bodyResponse(200, LOGIN_CSS, 'text/css; charset=utf-8');
  if (path === '/login' && isReading(method)) return htmlResponse(200, renderLoginPage(null));
  if (path === '/logout' && method === 'POST') return seeOther('/login', endedCookie(access.isSecure));
  if (path !== '/login' || method !== 'POST') return null;
  const presented = new URLSearchParams(body).get('token')?.trim() ?? '';
  const token = await access.readToken();
  if (!isSame(presented, token)) return htmlResponse(401, renderLoginPage('That is not the token.'));
  return seeOther('/', sessionCookie(sessionValue(token, nowMs), access.isSecure));
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';

const seeOther = (location: string, cookie: string): Response =>
  lineResponse(303, 'see there', { location, 'set-cookie': cookie });
