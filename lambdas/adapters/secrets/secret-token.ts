import type { Clock } from '../../core/ports/clock.ts';
import { checkedToken } from './access-token.ts';

/** After a change of the secret the old token is good for so long at most. */
const KEPT_MS = 300_000;

/** The token out of its secret, kept for some minutes: a scrape a minute must not read the secret each time. */
export function secretToken(read: () => Promise<string>, clock: Clock): () => Promise<string> {
  let kept: { readonly token: Promise<string>; readonly untilMs: number } | null = null;
  return async () => {
    const nowMs = clock.nowMs();
    if (kept === null || nowMs >= kept.untilMs) kept = { token: read().then(checkedToken), untilMs: nowMs + KEPT_MS };
    try {
      return await kept.token;
    } catch (error) {
      kept = null;
      throw error;
    }
  };
}
