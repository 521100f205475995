import { isSame } from '../../adapters/secrets/access-token.ts';
import { sentSession } from './cookie.ts';
import { isSession } from './session.ts';

/** Who may read. `open`: whoever reaches us, which is this machine alone. */
export type Access =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'token';
      /** The token at present. Throws SECRET_UNREADABLE. */
      readonly readToken: () => Promise<string>;
      /** Whether browsers reach us over TLS. */
      readonly isSecure: boolean;
    };

/** What came with a request to prove that its sender may read. `wrong`: something did, but not the token. */
export type Proof = 'token' | 'session' | 'none' | 'wrong';

/**
 * A bearer token, or HTTP Basic with the token as password and any user, since some clients can send nothing else; or a
 * browser's session.
 */
export function proofOf(
  headers: Headers,
  { token, isSecure, nowMs }: { readonly token: string; readonly isSecure: boolean; readonly nowMs: number },
): Proof {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const presented = presentedToken(authorization);
    return presented !== null && isSame(presented, token) ? 'token' : 'wrong';
  }
  const session = sentSession(headers.get('cookie') ?? '', isSecure);
  if (session === null) return 'none';
  return isSession(session, token, nowMs) ? 'session' : 'wrong';
}

function presentedToken(authorization: string): string | null {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return value;
    case 'basic': {
      const pair = Buffer.from(value, 'base64').toString();
      const colon = pair.indexOf(':');
      return colon < 0 ? null : pair.slice(colon + 1);
    }
    default:
      return null;
  }
}
