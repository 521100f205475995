import { SESSION_S } from './session.ts';

/**
 * The session's cookie: no script can read it, and no other site can have it sent.
 *
 * @param isSecure false only on a laptop without TLS, where a browser would not keep a secure one
 */
export const sessionCookie = (value: string, isSecure: boolean): string =>
  cookie(value, { isSecure, maxAgeS: SESSION_S });

/** Takes the session away again. */
export const endedCookie = (isSecure: boolean): string => cookie('', { isSecure, maxAgeS: 0 });

/** What the browser sent; null: nothing. */
export function sentSession(cookieHeader: string, isSecure: boolean): string | null {
  const start = `${cookieName(isSecure)}=`;
  const found = cookieHeader.split('; ').find((pair) => pair.startsWith(start));
  return found === undefined ? null : found.slice(start.length);
}

/** With this prefix browsers hold to Secure, to the path, and to this very host. */
const cookieName = (isSecure: boolean): string => `${isSecure ? '__Host-' : ''}sluicegate`;

const cookie = (value: string, { isSecure, maxAgeS }: { readonly isSecure: boolean; readonly maxAgeS: number }) =>
  `${cookieName(isSecure)}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
