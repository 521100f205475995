import type { HttpRequest } from './http/request.ts';
import { bodyResponse, htmlResponse, lineResponse } from './http/response.ts';
import { replyResponse } from './json/reply.ts';
import { JSON_ROUTES, type JsonSources } from './json/routes.ts';
import { STATUS_CSS } from './status-css.ts';
import { type ClusterView, renderStatusPage } from './status-page.ts';
import type { ViewSources } from './view/cluster-views.ts';
import { clusterViews } from './view/cluster-views.ts';
import { groupStudies } from './view/group-studies.ts';

/** The stores and the configuration that every answer comes from. */
export type ApiSources = Omit<JsonSources, 'views' | 'studies'> & ViewSources;

/** Answers one HTTP request. It reads, and never reaches Kafka. */
export type Answer = (request: HttpRequest) => Promise<Response>;

/** What is read is kept from one request to the next, until a new sample is judged. */
export function answering(sources: ApiSources): Answer {
  const all: JsonSources = { ...sources, views: clusterViews(sources), studies: groupStudies(sources.history) };
  return async ({ method, path, query }) => {
    if (method !== 'GET' && method !== 'HEAD')
      return lineResponse(405, 'only GET is answered here', { allow: 'GET, HEAD' });
    const route = JSON_ROUTES.get(path);
    if (route !== undefined) return replyResponse(await route(all, query));
    if (path === '/') return htmlResponse(200, renderStatusPage(await viewsOf(all), { nowMs: sources.clock.nowMs() }));
    if (path === '/status.css') return bodyResponse(200, STATUS_CSS, 'text/css; charset=utf-8');
    return lineResponse(404, 'there is nothing here; the status page is at /');
  };
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
