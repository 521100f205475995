import * as z from 'zod';
import type { ClusterConfig } from '../../config/cluster.ts';
import type { Config } from '../../config/config.ts';
import { ENDED_KEPT_MS } from '../../core/incident/incident.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { IncidentStore } from '../../core/ports/incident-store.ts';
import type { ReleaseLedger } from '../../core/ports/release-ledger.ts';
import type { Ruleset } from '../../core/status/ruleset.ts';
import type { ClustersAnswer } from '../answers/clusters-answer.ts';
import type { IncidentsAnswer } from '../answers/incidents-answer.ts';
import type { ClusterViews } from '../view/cluster-views.ts';
import type { GroupStudies } from '../view/group-studies.ts';
import { clusterEntryOf } from './clusters.ts';
import { groupAnswerOf, groupQuery, judgedGroup } from './group.ts';
import { groupsAnswerOf, groupsQuery } from './groups.ts';
import { historyAnswerOf, historyQuery, rangeOf } from './history.ts';
import { incidentEntriesOf } from './incidents.ts';
import { parseQuery } from './query.ts';
import { releaseCurvesOf } from './release-curves.ts';
import { releaseAnswerOf, releaseQuery, releasesAnswerOf, releasesQuery } from './releases.ts';
import { answered, badQuestion, notThere, type Reply } from './reply.ts';

/** What the routes under /api/ answer from. */
export interface JsonSources {
  readonly config: Pick<Config, 'clusters' | 'timesFaster'>;
  readonly views: ClusterViews;
  readonly studies: GroupStudies;
  readonly history: HistoryStore;
  readonly incidents: IncidentStore;
  readonly releases: ReleaseLedger;
  readonly rulesetOf: (cluster: string) => Ruleset;
  readonly clock: Clock;
}

type Route = (sources: JsonSources, query: URLSearchParams) => Promise<Reply<unknown>>;

/** By path. */
export const JSON_ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/api/clusters', clustersRoute],
  [
    '/api/groups',
    aboutCluster(groupsQuery, async (sources, query, cluster) => {
      const view = await sources.views.read(cluster.name, cluster.sampleIntervalMs);
      return answered(groupsAnswerOf(view, query, sources.clock.nowMs()));
    }),
  ],
  ['/api/group', aboutCluster(groupQuery, groupRoute)],
  ['/api/history', aboutCluster(historyQuery, historyRoute)],
  [
    '/api/incidents',
    aboutCluster(z.strictObject({ cluster: z.string(), group: z.string().optional() }), incidentsRoute),
  ],
  [
    '/api/releases',
    aboutCluster(releasesQuery, async ({ releases, clock }, { cluster, group, limit, after }) => {
      const page = await releases.list({ cluster, ...(group !== undefined && { group }), limit, after: after ?? null });
      return answered(releasesAnswerOf(cluster, page, clock.nowMs()));
    }),
  ],
  ['/api/release', aboutCluster(releaseQuery, releaseRoute)],
]);

/** A route whose query names a cluster: the query is checked, the cluster found. */
function aboutCluster<Query extends { readonly cluster: string }>(
  schema: z.ZodType<Query>,
  answer: (sources: JsonSources, query: Query, cluster: ClusterConfig) => Promise<Reply<unknown>>,
): Route {
  return async (sources, query) => {
    const parsed = parseQuery(schema, query);
    if (parsed.kind === 'wrong') return badQuestion(parsed.error);
    const { clusters } = sources.config;
    const cluster = clusters.find(({ name }) => name === parsed.query.cluster);
    if (cluster !== undefined) return answer(sources, parsed.query, cluster);
    return notThere(`no cluster of that name; there is ${clusters.map(({ name }) => `"${name}"`).join(', ')}`);
  };
}

async function clustersRoute({ config, views, incidents, clock }: JsonSources, query: URLSearchParams) {
  const parsed = parseQuery(z.strictObject({}), query);
  if (parsed.kind === 'wrong') return badQuestion(parsed.error);
  const clusters = await Promise.all(
    config.clusters.map(async (cluster) => {
      const [view, records] = await Promise.all([
        views.read(cluster.name, cluster.sampleIntervalMs),
        incidents.readAll(cluster.name),
      ]);
      return clusterEntryOf(cluster, view, records.get(null)?.incident ?? null);
    }),
  );
  return answered<ClustersAnswer>({ nowMs: clock.nowMs(), clusters });
}

async function groupRoute(
  { views, incidents, studies, rulesetOf, clock }: JsonSources,
  { group }: z.output<typeof groupQuery>,
  { name, sampleIntervalMs }: ClusterConfig,
) {
  const [view, records] = await Promise.all([views.read(name, sampleIntervalMs), incidents.readAll(name)]);
  const judged = judgedGroup(view, group);
  if (judged === null) return notThere(`cluster "${name}" has no group of that name`);
  const study = await studies.read({ view: judged.view, group, ruleset: rulesetOf(name), sampleIntervalMs });
  return answered(groupAnswerOf(judged, { study, record: records.get(group) ?? null, nowMs: clock.nowMs() }));
}

async function historyRoute(
  { history, clock }: JsonSources,
  query: z.output<typeof historyQuery>,
  { sampleIntervalMs }: ClusterConfig,
) {
  const nowMs = clock.nowMs();
  const range = rangeOf(query, nowMs);
  if (range === null) return badQuestion('fromMs: shall come before toMs, and at most 7 days before it');
  const answer = await historyAnswerOf(history, query, { range, sampleIntervalMs, nowMs });
  return answer === null ? notThere('no sample of that time shows a group of that name') : answered(answer);
}

async function incidentsRoute(
  { incidents, clock }: JsonSources,
  { cluster, group }: { readonly cluster: string; readonly group?: string | undefined },
) {
  const nowMs = clock.nowMs();
  const sinceMs = nowMs - ENDED_KEPT_MS;
  const [records, over] = await Promise.all([incidents.readAll(cluster), incidents.readEnded(cluster, sinceMs)]);
  const entries = incidentEntriesOf(records, over).filter((entry) => group === undefined || entry.group === group);
  return answered<IncidentsAnswer>({ nowMs, cluster, sinceMs, incidents: entries });
}

async function releaseRoute(
  { releases, history, config, clock }: JsonSources,
  { cluster, release }: z.output<typeof releaseQuery>,
) {
  const entry = await releases.read(release);
  if (entry === null || entry.cluster !== cluster) return notThere(`cluster "${cluster}" has no release of that id`);
  const curves = await releaseCurvesOf(history, entry, config.timesFaster);
  return answered(releaseAnswerOf(entry, curves, clock.nowMs()));
}
