import * as z from 'zod';
import { SluicegateError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Credentials } from './secret-shape.ts';

/** RFC 6749 §5.1; `expires_in` is in seconds and optional. */
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() });

/** RFC 6749 §5.2. */
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

const TIMEOUT_MS = 5_000;
/** Kafka's own client renews its token after this part of its life too. */
const RENEW_AFTER_RATIO = 0.8;

interface TokenRequest {
  readonly tokenEndpoint: string;
  readonly scope: string | null;
  readonly client: Credentials;
  readonly clock: Clock;
}

/**
 * A source of access tokens by the client credentials grant (RFC 6749 §4.4), the client authenticated by HTTP Basic as
 * Kafka's own client does. A token serves every connection until most of its life is over. Throws BROKER_DENIED when
 * the endpoint refuses us, BROKER_UNREACHABLE when it does not answer.
 */
export function clientCredentialsToken(request: TokenRequest): () => Promise<string> {
  let current: { readonly token: string; readonly renewAtMs: number } | null = null;
  return async () => {
    const atMs = request.clock.nowMs();
    if (current !== null && atMs < current.renewAtMs) return current.token;
    const { access_token, expires_in = 0 } = await fetchToken(request);
    current = { token: access_token, renewAtMs: atMs + expires_in * 1_000 * RENEW_AFTER_RATIO };
    return access_token;
  };
}

async function fetchToken({ tokenEndpoint, scope, client }: TokenRequest): Promise<z.output<typeof tokenAnswer>> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === null ? {} : { scope }) });
  const authorization = `Basic ${basicOf(client)}`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  // Nobody but the endpoint that is configured is shown the client's secret.
  const request = { method: 'POST', body, headers: { authorization }, redirect: 'manual', signal } as const;
  const response = await fetch(tokenEndpoint, request).catch((cause: unknown) => {
    throw new SluicegateError(
      'BROKER_UNREACHABLE',
      `the token endpoint ${tokenEndpoint} does not answer: ${String(cause)}`,
      { cause },
    );
  });
  const answer: unknown = await response.json().catch(() => null);
  const parsed = tokenAnswer.safeParse(answer);
  if (response.ok && parsed.success) return parsed.data;
  throw refused(tokenEndpoint, response.status, answer);
}

function refused(tokenEndpoint: string, status: number, answer: unknown): SluicegateError {
  const parsed = refusal.safeParse(answer);
  const why = parsed.success
    ? [parsed.data.error, parsed.data.error_description].filter((text) => text !== undefined).join(', ')
    : 'its answer holds no access_token';
  return new SluicegateError(
    'BROKER_DENIED',
    `the token endpoint ${tokenEndpoint} gave no token (HTTP ${status}: ${why}): check client id, client secret and scope`,
  );
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function basicOf({ username, password }: Credentials): string {
  return Buffer.from(`${formEncoded(username)}:${formEncoded(password)}`).toString('base64');
}

const formEncoded = (text: string): string => new URLSearchParams({ text }).toString().slice('text='.length);
