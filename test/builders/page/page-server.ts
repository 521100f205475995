import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageFiles } from '../../../lambdas/api/page/bundle/page-files.ts';

/** What the API answers in a test, by route; a function gets the query. Absent: 404. */
export type ApiAnswers = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

/** The strictest policy that the page has to live with: nothing inline, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PageServer {
  readonly url: string;
  /** From now on these answers; null: the API fails, while the page itself is still served. */
  answerWith(answers: ApiAnswers | null): void;
  stop(): Promise<void>;
}

/** Serves a built page and an API of canned answers on a free port. */
export async function startPageServer(files: PageFiles, answers: ApiAnswers): Promise<PageServer> {
  let current: ApiAnswers | null = answers;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname);
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': file.contentType, 'content-security-policy': POLICY });
      return void response.end(file.body);
    }
    const answer = current?.[pathname.replace('/api/', '')];
    const status = current === null ? 503 : answer === undefined ? 404 : 200;
    const body = status === 200 ? answer?.(searchParams) : { error: `nothing here (${status})` };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    answerWith: (next) => {
      current = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
