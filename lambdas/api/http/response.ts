/**
 * Sent with every answer. No script but our own files, no frame, nothing kept by anybody: what is answered says which
 * systems a company runs, and how well.
 */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

type ExtraHeaders = Readonly<Record<string, string>>;

/** An answer with a body of any type. */
export const bodyResponse = (status: number, body: string, contentType: string, headers: ExtraHeaders = {}): Response =>
  new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': contentType, ...headers } });

/** One line of text. */
export const lineResponse = (status: number, line: string, headers: ExtraHeaders = {}): Response =>
  bodyResponse(status, `${line}\n`, 'text/plain; charset=utf-8', headers);

export const htmlResponse = (status: number, body: string): Response =>
  bodyResponse(status, body, 'text/html; charset=utf-8');

export const jsonResponse = (status: number, value: unknown, headers: ExtraHeaders = {}): Response =>
  bodyResponse(status, JSON.stringify(value), 'application/json', headers);
