import { SluicegateError } from '../core/errors.ts';

const ANSWER_WITHIN_MS = 10_000;
const ATTEMPTS = 5;
/** Slack allows about one message a second; without a word from it, wait twice as long each time. */
const FIRST_WAIT_MS = 1_000;

export interface Webhook {
  /** It is the secret itself, and stands in no log and no error. */
  readonly url: string;
  readonly wait: (ms: number) => Promise<unknown>;
  /** How long this may go on. */
  readonly remainingMs: () => number;
}

/**
 * Posts a message, again after 429 when `Retry-After` says so, and after 5xx or silence. Throws NOTICE_REFUSED when the
 * webhook refuses the message for good, or takes none in time.
 */
export async function postToWebhook(message: object, webhook: Webhook): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(message, webhook);
    if (answer.kind === 'taken') return;
    const waitMs = answer.kind === 'later' ? (answer.afterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1)) : null;
    if (waitMs === null || attempt === ATTEMPTS || waitMs + ANSWER_WITHIN_MS > webhook.remainingMs()) {
      throw refused(answer.why, attempt, answer.kind);
    }
    await webhook.wait(waitMs);
  }
}

type Answer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'later'; readonly afterMs: number | null; readonly why: string }
  | { readonly kind: 'never'; readonly why: string };

async function post(message: object, { url }: Webhook): Promise<Answer> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    // Slack sends nobody elsewhere: a notice goes where the secret says, and nowhere else.
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  } as const;
  try {
    const response = await fetch(url, request);
    const text = (await response.text()).slice(0, 200);
    if (response.ok) return { kind: 'taken' };
    const why = `HTTP ${response.status}: ${text}`;
    if (response.status !== 429 && response.status < 500) return { kind: 'never', why };
    return { kind: 'later', afterMs: retryAfterMs(response.headers.get('retry-after')), why };
  } catch (cause) {
    // The message of a failed fetch may hold the URL; its code says enough.
    return { kind: 'later', afterMs: null, why: `no answer (${codeOf(cause)})` };
  }
}

/** Slack gives whole seconds. */
const retryAfterMs = (seconds: string | null): number | null =>
  seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) * 1_000 : null;

function codeOf(cause: unknown): string {
  const { name, cause: inner } = cause as { name?: string; cause?: { code?: string } };
  return inner?.code ?? name ?? 'unknown';
}

function refused(why: string, attempts: number, kind: 'later' | 'never'): SluicegateError {
  const advice =
    kind === 'never'
      ? 'is the webhook still there, and the secret its whole URL?'
      : `tried ${attempts} times; Lambda tries the notice again`;
  return new SluicegateError('NOTICE_REFUSED', `the Slack webhook did not take a notice (${why}): ${advice}`);
}
