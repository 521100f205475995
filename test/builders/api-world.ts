import { memoryEvaluationStore } from '../../lambdas/adapters/memory/evaluation-store.ts';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryIncidentStore } from '../../lambdas/adapters/memory/incident-store.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import type { Access } from '../../lambdas/api/access/access.ts';
import { type ApiSources, answering } from '../../lambdas/api/answer.ts';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredRuleset } from '../../lambdas/config/configured-ruleset.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { RulesetRun } from '../../lambdas/core/status/ruleset.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from './snapshots.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;

/** What an HTTP request is answered from, in memory, and the means to let time go on. */
export interface ApiWorld {
  readonly sources: ApiSources;
  /** One more minute: its reading, stored and judged by the default rules, or as the test says. */
  sample(snapshot: ClusterSnapshot, verdicts?: readonly GroupVerdict[]): Promise<void>;
  /** What was logged: messages with their status or code. */
  readonly logged: string[];
  /** One request; whatever is read is kept from one call to the next. */
  send(request: { method?: string; path: string; headers?: Record<string, string>; body?: string }): Promise<Response>;
  /** GET. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  nowMs: number;
}

/** Cluster "prod", sampled each minute, without a sample yet. */
export function anApiWorld(configured: object = {}, access: Access = { kind: 'open' }): ApiWorld {
  const input = { clusters: [{ name: 'prod', brokers: ['b1.example:9092'] }], ...configured };
  const config = parseConfig(input, 'test');
  const clock = { nowMs: () => world.nowMs };
  const history = memoryHistoryStore({ clock, retentionMs: YEAR_MS });
  const rulesetOf = (cluster: string) => configuredRuleset(config, cluster);
  const sources: ApiSources = {
    config,
    history,
    evaluations: memoryEvaluationStore(),
    incidents: memoryIncidentStore({ clock }),
    releases: memoryReleaseLedger({ clock, retentionMs: YEAR_MS }),
    rulesetOf,
    clock,
    page: new Map([['/', { body: '<!doctype html>', contentType: 'text/html; charset=utf-8', isImmutable: false }]]),
  };
  const answer = answering(sources, access);
  const runs = new Map<string, RulesetRun>();
  const world: ApiWorld = {
    sources,
    nowMs: T0_MS,
    async sample(snapshot, given) {
      const { cluster, atMs } = snapshot;
      const slotMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
      const run = runs.get(cluster) ?? rulesetOf(cluster).begin(null);
      runs.set(cluster, run);
      const verdicts = given ?? run.advance(snapshot);
      await history.append({ slotMs, snapshot });
      const { slotMs: fromSlotMs } = await sources.evaluations.readPosition(cluster);
      await sources.evaluations.advance({
        cluster,
        fromSlotMs,
        to: { slotMs, atMs, verdicts },
        snapshot,
        checkpoint: null,
      });
      world.nowMs = atMs + 2_000;
    },
    logged: [],
    get: (path, headers = {}) => world.send({ path, headers }),
    async send({ method = 'GET', path: pathAndQuery, headers = {}, body = '' }) {
      const [path = '', ...query] = pathAndQuery.split('?');
      const request = {
        method,
        path: decodeURIComponent(path),
        query: new URLSearchParams(query.join('?')),
        headers: new Headers(headers),
        body,
      };
      return answer(request, {
        warn: (message, { status }) => world.logged.push(`${message} ${status}`),
        error: (message, { code }) => world.logged.push(`${message} ${code}`),
      });
    },
  };
  return world;
}

/**
 * The minute-th sample of group "billing", which reads 600 messages a minute of two partitions of "orders", in step
 * with what is written; from minute `stopsAt` on, it is gone.
 */
export function aBillingSnapshot(minute: number, stopsAt = Number.POSITIVE_INFINITY): ClusterSnapshot {
  const read = Math.min(minute, stopsAt) * 300;
  const end = minute * 300;
  const gone = minute >= stopsAt;
  return aSnapshot({
    atMs: T0_MS + minute * MINUTE_MS + 137,
    topics: new Map([['orders', [aLog(1_000 + end), aLog(2_000 + end)]]]),
    groups: new Map([
      [
        'billing',
        aGroup({
          state: gone ? 'Empty' : 'Stable',
          members: gone ? [] : [aMember({ assigned: new Map([['orders', [0, 1]]]) })],
          committed: new Map([['orders', [1_000 + read, 2_000 + read]]]),
        }),
      ],
    ]),
  });
}
