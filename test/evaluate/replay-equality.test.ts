import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import { renderVerdict } from '../../lambdas/adapters/ndjson/verdict-line.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { RULESET_NAMES } from '../../lambdas/core/status/ruleset.ts';
import { rulesetNamed } from '../../lambdas/core/status/rulesets.ts';
import { type Evaluation, evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { anEvaluationWorld } from '../builders/evaluation-world.ts';
import { EMPTY, minutesOf } from '../builders/one-partition.ts';
import { aGroup, aLog, aMember, T0_MS } from '../builders/snapshots.ts';
import { runCli } from '../cli/run-cli.ts';

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server.stop());

/** An hour in which one group keeps up, stands still, loses its members, comes back, and is not read for a while; another waits. */
const SNAPSHOTS = minutesOf(62, (minute) => {
  const end = 1_000 + 137 * minute;
  if (minute < 25) return { end, committed: end - (minute % 7) };
  if (minute < 38) return { end, committed: 4_200 };
  if (minute < 42) return { end, committed: 4_200, group: EMPTY };
  return { end, committed: Math.min(end, 4_200 + 600 * (minute - 41)) };
}).map(withOthers);

function withOthers(snapshot: ClusterSnapshot, minute: number): ClusterSnapshot {
  const groups = new Map(snapshot.groups);
  if (minute > 49 && minute < 57) groups.delete('billing');
  const owner = aMember({ memberId: 'mail-0', clientId: 'mail-0', assigned: new Map([['mails', [0, 1]]]) });
  groups.set('audit', aGroup({ members: [owner], committed: new Map([['mails', [7, null]]]) }));
  groups.set('new', aGroup());
  const topics = new Map(snapshot.topics).set('mails', [aLog(7 + minute, { logStartOffset: minute }), null]);
  return { ...snapshot, topics, groups };
}

describe.each(RULESET_NAMES)('by the rules %s', (ruleset) => {
  test.each([
    { why: 'in memory', place: async () => ({}) },
    { why: 'in DynamoDB', place: dynamoPlace },
  ])('what evaluate keeps of each sample $why is what replay says', { timeout: 120_000 }, async ({ place }) => {
    const { evaluation } = anEvaluationWorld();
    const world = { ...evaluation, ...(await place()), ruleset: rulesetNamed(ruleset) };
    const kept: unknown[] = [];
    for (const [minute, snapshot] of SNAPSHOTS.entries()) kept.push(...(await linesKept(world, snapshot, minute)));
    const replayed = await linesReplayed(ruleset);
    expect(kept.map((line) => Object(line).kind)).toContain('STALLED');
    expect(sorted(replayed)).toEqual(sorted(kept));
  });
});

/** What the deployed function stores of one sample, cold now and then, in the words of replay. */
async function linesKept(world: Evaluation, snapshot: ClusterSnapshot, minute: number): Promise<unknown[]> {
  const slotMs = T0_MS + minute * 60_000;
  if (minute % 20 === 19) world.warmRuns.clear();
  await world.history.append({ slotMs, snapshot });
  await evaluateCluster(world, { cluster: 'prod', unread: null });
  const stored = await world.evaluations.readVerdicts('prod');
  expect(stored?.slotMs).toBe(slotMs);
  const { atMs, cluster } = snapshot;
  return (stored?.verdicts ?? []).map((verdict) => JSON.parse(renderVerdict({ atMs, cluster, verdict })));
}

async function linesReplayed(ruleset: string): Promise<unknown[]> {
  const input = SNAPSHOTS.map((snapshot) => `${renderSnapshot(snapshot)}\n`).join('');
  const { code, stdout, stderr } = await runCli(['replay', '--ruleset', ruleset, '-'], input);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A store gives groups by name; replay, in the order of the input. */
const sorted = (lines: readonly unknown[]) =>
  lines.toSorted((a, b) => Object(a).at - Object(b).at || (Object(a).group < Object(b).group ? -1 : 1));

async function dynamoPlace(): Promise<Pick<Evaluation, 'history' | 'evaluations'>> {
  const location = { tableName: `lag-${randomUUID()}`, endpoint: server.endpoint };
  await createTable(location);
  const table = openTable(location);
  const clock = { nowMs: () => T0_MS };
  const history = dynamoHistoryStore({ table, clock, retentionMs: 365 * 86_400_000 });
  return { history, evaluations: dynamoEvaluationStore({ table, history, clock }) };
}
