import type { Config } from '../../config/config.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { GROUP_STATUSES } from '../../core/status/verdict.ts';
import { burrowGroup } from '../burrow/consumer.ts';
import { refusal } from '../http/refusal.ts';
import { bodyResponse } from '../http/response.ts';
import { countsOf } from '../json/groups.ts';
import type { ClusterView, ClusterViews } from '../view/cluster-views.ts';
import { retentionOf } from '../view/retention.ts';
import { type Exposition, newExposition } from './exposition.ts';
import { BURROW, LAG_EXPORTER, OWN } from './families.ts';
import { addGroup, addPartitions, type MeteredGroup } from './group-metrics.ts';

/** What /metrics is answered from. */
export interface MetricsSources {
  readonly config: Pick<Config, 'clusters' | 'timesFaster' | 'prometheus'>;
  readonly views: ClusterViews;
  readonly clock: Clock;
}

const TOO_LARGE =
  'there are more series than one answer can hold: let fewer groups have partitions of their own (prometheus.partitions)';

/** GET /metrics: every cluster at its newest sample. A cluster of which nothing is judged yet is not in it. */
export async function metricsResponse(
  { config, views, clock }: MetricsSources,
  to: Exposition = newExposition(),
): Promise<Response> {
  for (const { name, sampleIntervalMs } of config.clusters) {
    const view = await views.read(name, sampleIntervalMs);
    if (view !== null) addCluster(to, view, { config, nowMs: clock.nowMs() });
    if (to.isTooLarge()) return refusal({ path: '/metrics' }, 413, TOO_LARGE);
  }
  return bodyResponse(200, to.text(), 'text/plain; version=0.0.4; charset=utf-8');
}

function addCluster(
  to: Exposition,
  view: ClusterView,
  { config, nowMs }: { readonly config: MetricsSources['config']; readonly nowMs: number },
): void {
  const { cluster, atMs, newest, verdicts, entries } = view;
  const omittedBefore = to.omitted();
  const detailedTopics = new Set<string>();
  for (const verdict of verdicts.values()) {
    const entry = entries.get(verdict.group);
    if (entry === undefined) continue;
    if (to.isTooLarge()) return;
    const burrow = burrowGroup(view, verdict, { nowMs, timesFaster: config.timesFaster });
    const retention = retentionOf(verdict, newest);
    const group: MeteredGroup = { cluster, verdict, entry, burrow, retention };
    addGroup(to, group);
    if (!config.prometheus.partitions.some((pattern) => pattern.test(verdict.group))) continue;
    addPartitions(to, group);
    for (const topic of verdict.partitions.keys()) detailedTopics.add(topic);
  }
  for (const topic of detailedTopics) addTopic(to, view, topic);
  const counts = countsOf([...verdicts.values()]);
  for (const status of GROUP_STATUSES) to.add(OWN.groups, [cluster, status], counts[status]);
  to.add(OWN.sampleTimestamp, [cluster], atMs / 1_000);
  to.add(OWN.readFailures, [cluster], newest.failures.length);
  to.add(OWN.omitted, [cluster], to.omitted() - omittedBefore);
}

function addTopic(to: Exposition, { cluster, newest }: ClusterView, topic: string): void {
  for (const [partition, log] of (newest.topics.get(topic) ?? []).entries()) {
    const labels = [cluster, topic, `${partition}`];
    to.add(LAG_EXPORTER.latestOffset, labels, log?.logEndOffset ?? null);
    to.add(LAG_EXPORTER.earliestOffset, labels, log?.logStartOffset ?? null);
    to.add(BURROW.topicOffset, labels, log?.logEndOffset ?? null);
  }
}
