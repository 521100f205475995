import { type BurrowSources, burrowResponse, isBurrowPath } from './burrow/routes.ts';
import { refusal } from './http/refusal.ts';
import type { HttpRequest } from './http/request.ts';
import { bodyResponse, jsonResponse } from './http/response.ts';
import { replyResponse } from './json/reply.ts';
import { JSON_ROUTES, type JsonSources } from './json/routes.ts';
import openApi from './openapi.json' with { type: 'json' };
import type { PageFile, PageFiles } from './page/bundle/page-files.ts';
import { type MetricsSources, metricsResponse } from './prometheus/metrics.ts';

/** What all routes together are answered from. */
export type RoutedSources = JsonSources & BurrowSources & MetricsSources & { readonly page: PageFiles };

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
  const file = sources.page.get(path);
  if (file !== undefined) return fileResponse(file);
  return refusal(request, 404, 'there is nothing here; docs/http-api.md lists what there is');
}

/** The document names its script and style sheet by their content: those may be kept, by the reader's browser alone. */
const fileResponse = ({ body, contentType, isImmutable }: PageFile): Response =>
  bodyResponse(200, body, contentType, isImmutable ? { 'cache-control': 'private, max-age=31536000, immutable' } : {});
