import { type BurrowSources, burrowResponse, isBurrowPath } from './burrow/routes.ts';
import { refusal } from './http/refusal.ts';
import type { HttpRequest } from './http/request.ts';
import { bodyResponse, htmlResponse, jsonResponse } from './http/response.ts';
import { replyResponse } from './json/reply.ts';
import { JSON_ROUTES, type JsonSources } from './json/routes.ts';
import openApi from './openapi.json' with { type: 'json' };
import { type MetricsSources, metricsResponse } from './prometheus/metrics.ts';
import { STATUS_CSS } from './status-css.ts';
import { type ClusterView, renderStatusPage } from './status-page.ts';

/** What all routes together are answered from. */
export type RoutedSources = JsonSources & BurrowSources & MetricsSources;

/** The answer of the route that a request is for. */
export async function routed(request: HttpRequest, sources: RoutedSources): Promise<Response> {
  const { method, path, query } = request;
  if (isBurrowPath(path)) return burrowResponse(request, sources);
  if (method !== 'GET' && method !== 'HEAD') {
    return refusal(request, 405, 'only GET is answered here: sluicegate reads, and changes nothing', {
      allow: 'GET, HEAD',
    });
  }
  if (path === '/metrics') return metricsResponse(sources);
  if (path === '/api/openapi.json') return jsonResponse(200, openApi);
  const route = JSON_ROUTES.get(path);
  if (route !== undefined) return replyResponse(await route(sources, query));
  if (path === '/')
    return htmlResponse(200, renderStatusPage(await viewsOf(sources), { nowMs: sources.clock.nowMs() }));
  if (path === '/status.css') return bodyResponse(200, STATUS_CSS, 'text/css; charset=utf-8');
  return refusal(request, 404, 'there is nothing here; docs/http-api.md lists what there is');
}

const viewsOf = ({ config, views, incidents }: JsonSources): Promise<ClusterView[]> =>
  Promise.all(
    config.clusters.map(async ({ name, sampleIntervalMs }) => {
      const [view, records] = await Promise.all([views.read(name, sampleIntervalMs), incidents.readAll(name)]);
      return {
        cluster: name,
        newest: view && { slotMs: view.slotMs, atMs: view.atMs, verdicts: [...view.verdicts.values()] },
        incidents: [...records.values()].flatMap(({ incident }) => incident ?? []),
      };
    }),
  );
