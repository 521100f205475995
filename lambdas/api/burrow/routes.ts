import type { Config } from '../../config/config.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { HttpRequest } from '../http/request.ts';
import type { ClusterView, ClusterViews } from '../view/cluster-views.ts';
import { burrowConsumer, burrowGroup, unknownGroup } from './consumer.ts';
import { COORDINATORS, clusterModule, MAIN_CONFIG, moduleNamed, moduleNames } from './modules.ts';
import { configured, found, missing, otherMethod, plain, readOnly, unknownPath, withoutSlash } from './replies.ts';
import { topicConsumers, topicNames, topicOffsets } from './topics.ts';

/** What Burrow's API is answered from. */
export interface BurrowSources {
  readonly config: Pick<Config, 'clusters' | 'retention' | 'timesFaster'>;
  readonly views: ClusterViews;
  readonly clock: Clock;
}

/** Whether a path is one of Burrow's, known or not. */
export const isBurrowPath = (path: string): boolean => /^\/(v\d|burrow)(\/|$)/.test(path);

/**
 * Burrow's HTTP API of version 3, the reading side: same paths, fields, bodies and statuses, odd ones too.
 * https://github.com/linkedin/Burrow/wiki/HTTP-Endpoint
 */
export async function burrowResponse(request: HttpRequest, sources: BurrowSources): Promise<Response> {
  const { method, path } = request;
  if (method !== 'GET') return refused(request);
  if (path.length > 1 && path.endsWith('/')) return withoutSlash(request);
  if (path.startsWith('/v3/kafka/')) return clusterResponse(request, sources);
  if (path.startsWith('/v3/config')) return configResponse(request, sources);
  switch (path) {
    case '/burrow/admin':
      return plain('GOOD');
    case '/burrow/admin/ready':
      return plain('READY');
    case '/v3/kafka':
      return found(request, 'cluster list returned', { clusters: sources.config.clusters.map(({ name }) => name) });
    case '/v3/admin/loglevel':
      return found(request, 'log level returned', { level: MAIN_CONFIG.logging.level });
    default:
      return unknownPath();
  }
}

function refused(request: HttpRequest): Response {
  const { method, path } = request;
  if (method === 'DELETE' && /^\/v3\/kafka\/[^/]+\/consumer\//.test(path)) {
    return readOnly(
      request,
      'nothing to remove: sluicegate shows what Kafka has; delete the group or its offsets there',
    );
  }
  if (method === 'POST' && path === '/v3/admin/loglevel') {
    return readOnly(request, 'the log level is set by POWERTOOLS_LOG_LEVEL on the functions');
  }
  return otherMethod();
}

/** `/v3/kafka/CLUSTER…`: a group's name may hold slashes, so it is whatever stands between its neighbours. */
async function clusterResponse(request: HttpRequest, sources: BurrowSources): Promise<Response> {
  const [name = '', kind, ...rest] = request.path.slice('/v3/kafka/'.length).split('/');
  const cluster = sources.config.clusters.find((one) => one.name === name);
  if (kind === undefined) {
    if (cluster === undefined) return missing(request, 'cluster module not found');
    return found(request, 'cluster module detail returned', { module: clusterModule(cluster) });
  }
  const view = cluster === undefined ? null : await sources.views.read(cluster.name, cluster.sampleIntervalMs);
  if (kind === 'topic') return topicResponse(request, rest, { known: cluster !== undefined, view });
  if (kind !== 'consumer') return unknownPath();
  if (rest.length === 0) {
    if (cluster === undefined) return missing(request, 'cluster not found');
    return found(request, 'consumer list returned', { consumers: [...(view?.verdicts.keys() ?? [])] });
  }
  return consumerResponse(request, sources, { name, rest, view });
}

interface FoundCluster {
  readonly known: boolean;
  /** Null: nothing is judged yet. */
  readonly view: ClusterView | null;
}

function topicResponse(request: HttpRequest, rest: readonly string[], { known, view }: FoundCluster): Response {
  const [topic, what, ...more] = rest;
  if (more.length > 0 || (what !== undefined && what !== 'consumers')) return unknownPath();
  if (topic === undefined) {
    if (!known) return missing(request, 'cluster not found');
    return found(request, 'topic list returned', { topics: view === null ? [] : topicNames(view) });
  }
  if (what === 'consumers') {
    if (!known) return missing(request, 'cluster not found');
    return found(request, 'consumers of topic returned', {
      consumers: view === null ? [] : topicConsumers(view, topic),
    });
  }
  const offsets = view && (topicOffsets(view, topic) ?? topicOffsets(view, decodedAgain(topic)));
  if (offsets === null) return missing(request, 'cluster or topic not found');
  return found(request, 'topic offsets returned', { offsets });
}

function consumerResponse(
  request: HttpRequest,
  { config: { timesFaster }, clock }: BurrowSources,
  { name, rest, view }: { readonly name: string; readonly rest: readonly string[]; readonly view: ClusterView | null },
): Response {
  const what = rest.length > 1 && (rest.at(-1) === 'status' || rest.at(-1) === 'lag') ? rest.at(-1) : 'detail';
  const group = (what === 'detail' ? rest : rest.slice(0, -1)).join('/');
  const verdict = view?.verdicts.get(group) ?? view?.verdicts.get(decodedAgain(group));
  if (what === 'detail') {
    if (view === null || verdict === undefined) return missing(request, 'cluster or consumer not found');
    return found(request, 'consumer detail returned', { topics: burrowConsumer(view, verdict) });
  }
  const message = 'consumer status returned';
  if (view === null || verdict === undefined)
    return found(request, message, { status: unknownGroup(name, group) }, 404);
  const status = burrowGroup(view, verdict, { nowMs: clock.nowMs(), timesFaster });
  if (what === 'lag') return found(request, message, { status });
  const bad = status.partitions.filter((partition) => partition.status !== 'OK');
  return found(request, message, { status: { ...status, partitions: bad } });
}

/** Telegraf encodes names twice. */
function decodedAgain(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (_malformed) {
    return name;
  }
}

function configResponse(request: HttpRequest, { config }: BurrowSources): Response {
  const [first, name, ...more] = request.path.slice('/v3/config'.length).split('/').slice(1);
  if (first === undefined) return configured(request, 'main config returned', MAIN_CONFIG);
  const coordinator = COORDINATORS.find((one) => one === first);
  if (coordinator === undefined || more.length > 0) return unknownPath();
  if (name === undefined) {
    return configured(request, 'module list returned', { coordinator, modules: moduleNames(coordinator, config) });
  }
  const module = moduleNamed(coordinator, name, config);
  if (module === null) return missing(request, `${coordinator} module not found`);
  return found(request, `${coordinator} module detail returned`, { module });
}
