import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable, type Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { ofAnotherFormat } from '../../lambdas/core/bytes/corrupt.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { anEvaluationWorld } from '../builders/evaluation-world.ts';
import { anAttempt, anEntry } from '../builders/ledger-entry.ts';
import { SCRIPT, scriptedRuleset } from '../builders/scripted-ruleset.ts';
import { aGroup, aLog, aSnapshot } from '../builders/snapshots.ts';
import { PRESENT_MS } from '../contracts/present.ts';
import { everyItem, madeNewer } from './stored-items.ts';

// Each minute is several requests, and a slow machine has five seconds for a few dozen only.
vi.setConfig({ testTimeout: 60_000 });

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const CLUSTER = 'prod';
const clock = { nowMs: () => PRESENT_MS + 200 * MINUTE_MS };

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server?.stop());

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  vi.spyOn(process, 'emitWarning').mockImplementation((text) => void warnings.push(String(text)));
});

let tables = 0;
async function aTable() {
  tables += 1;
  const location = { tableName: `upgrade-${tables}`, endpoint: server.endpoint };
  await createTable(location);
  return { table: openTable(location), location };
}

/** Rules whose memory only the version that wrote it can read; what they say is the same in all. */
const rulesOf = (version: number): Ruleset => ({
  ...scriptedRuleset,
  begin: (from) => {
    const [writtenBy] = from?.checkpoint ?? [];
    if (from !== null && writtenBy !== version) throw ofAnotherFormat(writtenBy, version);
    return { ...scriptedRuleset.begin(null), checkpoint: () => Uint8Array.of(version) };
  },
});

/** One version of the functions in a process of its own: it shares nothing with another but the table. */
function aVersion(version: number, table: Table, sent: Notice[]) {
  const world = anEvaluationWorld();
  const history = dynamoHistoryStore({ table, clock, retentionMs: DAY_MS });
  const told: string[] = [];
  const evaluation = {
    ...world.evaluation,
    history,
    evaluations: dynamoEvaluationStore({ table, history, clock }),
    incidents: dynamoIncidentStore({ table, clock }),
    releases: dynamoReleaseLedger({ table, clock, retentionMs: DAY_MS }),
    notifiers: [{ name: 'a topic', send: async (notice: Notice) => void sent.push(notice) }],
    ruleset: rulesOf(version),
    warn: (message: string) => void told.push(message),
  };
  return {
    ...evaluation,
    told,
    snapshot: (minute: number) => history.append(sampleAt(minute)),
    evaluate: () => evaluateCluster(evaluation, { cluster: CLUSTER, unread: null }),
    /** What a cold start does. */
    forget: () => evaluation.warmRuns.clear(),
  };
}

/** `billing` is in trouble for five minutes, twice. */
const isTroubled = (minute: number): boolean => minute % 10 >= 5;

const sampleAt = (minute: number) => ({
  slotMs: PRESENT_MS + minute * MINUTE_MS,
  snapshot: aSnapshot({
    cluster: CLUSTER,
    atMs: PRESENT_MS + minute * MINUTE_MS + 1_000,
    topics: new Map([
      ['orders', [aLog(1_000 + minute)]],
      ['script', [aLog(10)]],
    ]),
    groups: new Map([
      ['billing', aGroup({ committed: new Map([['script', [isTroubled(minute) ? SCRIPT.STALLED : SCRIPT.fine]]]) })],
    ]),
  }),
});

const MINUTES = 18;

/** All that a user could see of a run: samples, statuses, incidents, and each notice once, in the order of its coming. */
async function outcomeOf({ history, evaluations, incidents }: ReturnType<typeof aVersion>, sent: readonly Notice[]) {
  const samples = await Array.fromAsync(history.read({ cluster: CLUSTER, afterSlotMs: 0 }));
  const verdicts = await evaluations.readVerdicts(CLUSTER);
  return {
    samples,
    position: (await evaluations.readPosition(CLUSTER)).slotMs,
    statuses: verdicts?.verdicts.map(({ group, status }) => ({ group, status })),
    incidents: [...(await incidents.readAll(CLUSTER)).values()].map(({ group, incident, outbox }) => ({
      group,
      openedAtMs: incident?.openedAtMs ?? null,
      outbox,
    })),
    ended: (await incidents.readEnded(CLUSTER, 0)).map(({ incident, endedAtMs }) => [incident.id, endedAtMs]),
    notices: [...new Map(sent.map(({ id, transition, atMs }) => [id, { id, transition, atMs }])).values()],
  };
}

test('two versions that meet at every slot and take turns lose, double and change nothing', async () => {
  const alone = { ...(await aTable()), sent: [] as Notice[] };
  const one = aVersion(1, alone.table, alone.sent);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await one.snapshot(minute);
    await one.evaluate();
  }

  const shared = { ...(await aTable()), sent: [] as Notice[] };
  const [old, next] = [aVersion(1, shared.table, shared.sent), aVersion(2, shared.table, shared.sent)];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    expect((await Promise.all([old.snapshot(minute), next.snapshot(minute)])).toSorted()).toEqual([
      'alreadyStored',
      'stored',
    ]);
    if (minute % 5 === 0) old.forget();
    if (minute % 7 === 0) next.forget();
    if (minute % 4 === 0) await old.evaluate();
    if (minute % 4 === 1) await next.evaluate();
    if (minute % 4 === 2) await Promise.all([old.evaluate(), next.evaluate()]);
    // Every fourth minute nobody comes, and the next one has two samples to take.
  }
  await next.evaluate();

  const expected = await outcomeOf(one, alone.sent);
  expect(expected.notices.map(({ transition }) => transition)).toEqual(['opened', 'recovered', 'opened']);
  expect(await outcomeOf(aVersion(1, shared.table, []), shared.sent)).toEqual(expected);
  expect(await outcomeOf(aVersion(2, shared.table, []), shared.sent)).toEqual(expected);
  // Each has met the other's checkpoint, and has learnt anew.
  expect(new Set([...old.told, ...next.told])).toEqual(
    new Set(['the checkpoint can not be used: the rules learn anew']),
  );
});

const NEWER = /has format version 99, and this release reads 1: if a newer release wrote it, deploy that one/;

/** A table that a version has worked on, of whose items those under `partition` were then written by a newer one. */
async function afterANewerVersion(partition: string) {
  const { table, location } = await aTable();
  const version = aVersion(1, table, []);
  await version.releases.open(anEntry({ cluster: CLUSTER, attempt: anAttempt({ startedAtMs: PRESENT_MS }) }));
  for (let minute = 0; minute < 12; minute += 1) {
    await version.snapshot(minute);
    await version.evaluate();
  }
  const newer = await madeNewer(location, partition);
  expect(newer.length).toBeGreaterThan(0);
  const untouched = async () => {
    const after = await everyItem(location);
    expect(newer.filter((item) => !after.includes(item))).toEqual([]);
  };
  return { version: aVersion(1, table, []), untouched };
}

test('samples of a newer version are left out, each with a warning, and its own are stored and judged', async () => {
  const { version, untouched } = await afterANewerVersion('slots#');
  expect(await version.snapshot(12)).toBe('stored');
  expect(await version.evaluate()).toMatchObject({ outcome: 'evaluated', samples: 1 });
  const read = await Array.fromAsync(version.history.read({ cluster: CLUSTER, afterSlotMs: 0 }));
  expect(read).toEqual([sampleAt(12)]);
  expect(warnings.some((text) => NEWER.test(text))).toBe(true);
  await untouched();
});

test('a slot that a newer version has stored is not stored again', async () => {
  const { version, untouched } = await afterANewerVersion('slots#');
  expect(await version.snapshot(11)).toBe('alreadyStored');
  await untouched();
});

test('incidents of a newer version stop the evaluation with a clear error: it neither tells nor moves on', async () => {
  const { version, untouched } = await afterANewerVersion('incidents#');
  const { slotMs } = await version.evaluations.readPosition(CLUSTER);
  await version.snapshot(12);
  await expect(version.evaluate()).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
    message: expect.stringMatching(NEWER),
  });
  expect((await version.evaluations.readPosition(CLUSTER)).slotMs).toBe(slotMs);
  await untouched();
});

test('a release of a newer version is refused where it is asked for, and statuses go on', async () => {
  const { version, untouched } = await afterANewerVersion('release#');
  const { release } = anEntry();
  const refusal = { code: 'STORE_CORRUPT', message: expect.stringMatching(NEWER) };
  await expect(version.releases.read(release.id)).rejects.toMatchObject(refusal);
  await version.snapshot(12);
  expect(await version.evaluate()).toMatchObject({ outcome: 'evaluated', samples: 1 });
  expect(warnings.some((text) => NEWER.test(text))).toBe(true);
  await untouched();
});
