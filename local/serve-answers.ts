import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import { checkedToken } from '../lambdas/adapters/secrets/access-token.ts';
import type { Access } from '../lambdas/api/access/access.ts';
import { type AnswerLog, type ApiSources, answering } from '../lambdas/api/answer.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { withGate } from './gate-requests.ts';
import { type HttpServer, isLoopback, LOOPBACK_NAMES, startHttpServer } from './http-server.ts';
import type { Teller } from './tell/teller.ts';

/** Where answers are served, and to whom. */
export interface Serving {
  readonly host: string;
  readonly port: number;
  readonly access: Access;
}

/**
 * Where and to whom, before anything is started. Throws USAGE_INVALID for a host that others can reach without a token,
 * SECRET_UNREADABLE for a token that is too short.
 *
 * @param token null: none is asked for
 */
export function servingOf({
  host,
  port,
  token,
}: Pick<Serving, 'host' | 'port'> & { readonly token: string | null }): Serving {
  if (token !== null) {
    const checked = checkedToken(token);
    // No TLS here: a browser would not keep a secure cookie.
    return { host, port, access: { kind: 'token', readToken: async () => checked, isSecure: false } };
  }
  if (isLoopback(host)) return { host, port, access: { kind: 'open' } };
  throw new SluicegateError(
    'USAGE_INVALID',
    `--host ${host} can be reached by others: give a token with --token-file, or in SLUICEGATE_API_TOKEN`,
  );
}

/** What answers. */
export interface Served {
  readonly sources: ApiSources;
  /** Answers under /gate/, to whoever has the token; without one those routes are closed. */
  readonly gate: Handler<unknown>;
  readonly teller: Teller;
}

/** Serves the HTTP API as the functions on AWS do. Throws USAGE_INVALID. */
export const serveAnswers = ({ host, port, access }: Serving, { sources, gate, teller }: Served): Promise<HttpServer> =>
  startHttpServer({
    host,
    port,
    names: access.kind === 'open' ? LOOPBACK_NAMES : null,
    answer: withGate(answering(sources, access), access.kind === 'token' ? gate : null),
    log: logTo(teller, sources.clock),
  });

/** A refused request is the sender's business; what failed on our side is told. */
const logTo = (teller: Teller, clock: ApiSources['clock']): AnswerLog => ({
  warn: () => {},
  error: (_message, { error }) => teller.trouble({ atMs: clock.nowMs(), sentence: error.message }),
});
