import type { Clock } from '../core/ports/clock.ts';
import type { EvaluationStore } from '../core/ports/evaluation-store.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import { STATUS_CSS } from './status-css.ts';
import { type ClusterView, renderStatusPage } from './status-page.ts';

export interface AnswerDependencies {
  readonly clusters: readonly string[];
  readonly evaluations: EvaluationStore;
  readonly incidents: IncidentStore;
  readonly clock: Clock;
}

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Answers one HTTP request out of the stores; it never reaches Kafka. */
export async function answer(
  dependencies: AnswerDependencies,
  { method, path }: { readonly method: string; readonly path: string },
): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'only GET is answered here', { allow: 'GET, HEAD' });
  switch (path) {
    case '/':
      return page(renderStatusPage(await viewsOf(dependencies), { nowMs: dependencies.clock.nowMs() }), 'text/html');
    case '/status.css':
      return page(STATUS_CSS, 'text/css');
    default:
      return text(404, 'there is nothing here; the status page is at /');
  }
}

const viewsOf = ({ clusters, evaluations, incidents }: AnswerDependencies): Promise<ClusterView[]> =>
  Promise.all(
    clusters.map(async (cluster) => {
      const [newest, records] = await Promise.all([evaluations.readVerdicts(cluster), incidents.readAll(cluster)]);
      return { cluster, newest, incidents: [...records.values()].flatMap(({ incident }) => incident ?? []) };
    }),
  );

const page = (body: string, type: string) =>
  new Response(body, { headers: { ...SECURITY_HEADERS, 'content-type': `${type}; charset=utf-8` } });

const text = (status: number, line: string, headers: Readonly<Record<string, string>> = {}) =>
  new Response(`${line}\n`, {
    status,
    headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers },
  });
