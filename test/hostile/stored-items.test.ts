import { hash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import type { Item } from '../../lambdas/adapters/dynamodb/item.ts';
import { dynamoMuteStore } from '../../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { silenceAt } from '../../lambdas/core/incident/silence.ts';
import type { Sample } from '../../lambdas/core/ports/history-store.ts';
import { verdictsAtOneLook } from '../../lambdas/core/status/one-look.ts';
import { aBusySnapshot } from '../builders/busy-cluster.ts';
import { anEntry } from '../builders/ledger-entry.ts';
import { memoryTable } from '../builders/memory-table.ts';
import { aNotice } from '../builders/notice.ts';
import { T0_MS } from '../builders/snapshots.ts';

// A slow machine has more to do than five seconds hold.
vi.setConfig({ testTimeout: 30_000 });

const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;
const MINUTES = 4;
const RUNS = 150;
const clock = { nowMs: () => T0_MS + MINUTES * MINUTE_MS };
const key = { releaseId: anEntry().release.id, attempt: 1 };

/** Every store over one table, each reading as a process that remembers nothing. */
function storesOn({ table }: ReturnType<typeof memoryTable>) {
  const history = dynamoHistoryStore({ table, clock, retentionMs: YEAR_MS });
  return {
    history,
    evaluations: dynamoEvaluationStore({ table, history, clock }),
    incidents: dynamoIncidentStore({ table, clock }),
    mutes: dynamoMuteStore({ table, clock }),
    ledger: dynamoReleaseLedger({ table, clock, retentionMs: YEAR_MS }),
  };
}

/** Something of every kind that is ever stored. */
async function filledTable() {
  const stored = memoryTable();
  const { history, evaluations, incidents, mutes, ledger } = storesOn(stored);
  for (let minute = 0; minute < MINUTES; minute++) {
    const slotMs = T0_MS + minute * MINUTE_MS;
    const snapshot = aBusySnapshot(minute);
    await history.append({ slotMs, snapshot });
    await evaluations.advance({
      cluster: 'prod',
      fromSlotMs: minute === 0 ? null : slotMs - MINUTE_MS,
      to: { slotMs, atMs: snapshot.atMs, verdicts: verdictsAtOneLook(snapshot) },
      snapshot,
      checkpoint: { slotMs, ruleset: 'default', memory: Buffer.from('what the rules remember '.repeat(20)) },
    });
  }
  const record = { cluster: 'prod', group: 'billing', version: 1, slotMs: T0_MS, incident: null, pending: null };
  await incidents.write({ ...record, ended: null, outbox: [aNotice()], taken: {} });
  await mutes.put({ cluster: 'prod', groups: 'billing-.*', untilMs: T0_MS + YEAR_MS });
  const entry = anEntry();
  await ledger.open({ ...entry, attempt: { ...entry.attempt, startedAtMs: T0_MS } });
  await ledger.writeCheckpoint(key, { slotMs: T0_MS, memory: {} as never, stopMarker: {} as never });
  return stored;
}

/** Everything that is read of a table anywhere. */
const readings = ({ history, evaluations, incidents, mutes, ledger }: ReturnType<typeof storesOn>) => [
  async () => Array.fromAsync(history.read({ cluster: 'prod', afterSlotMs: 0 })),
  async () => Array.fromAsync(history.readGroup({ cluster: 'prod', group: 'billing', afterSlotMs: 0 })),
  async () => (await evaluations.readPosition('prod')).readCheckpoint(),
  async () => evaluations.readVerdicts('prod'),
  async () => incidents.readAll('prod'),
  async () => incidents.readEnded('prod', 0),
  async () => {
    const silence = { quiet: [], mutes: await mutes.readAll('prod') };
    return silenceAt(silence, { cluster: 'prod', atMs: T0_MS })('billing');
  },
  async () => ledger.read(key.releaseId),
  async () => ledger.list({ cluster: anEntry().cluster, limit: 10, after: null }),
  async () => ledger.readOpen(anEntry().cluster),
  async () => ledger.readCheckpoint(key),
];

/** Takes an attribute away, gives it another type, cuts it short, flips a bit of it, or makes an extreme of it. */
function spoilt(item: Item, [at, how]: readonly [number, string]): Item {
  const names = Object.keys(item).filter((name) => name !== 'pk' && name !== 'sk');
  const name = names[at % names.length];
  if (name === undefined) return item;
  const { [name]: value = { NULL: true }, ...others } = item;
  const texts: Readonly<Record<string, AttributeValue>> = {
    otherType: value.B === undefined ? { B: Buffer.from('{}') } : { S: 'text' },
    empty: value.B === undefined ? { S: '' } : { B: Buffer.alloc(0) },
    null: { S: 'null' },
    list: { L: [] },
    bracket: { S: '(' },
    number: { N: '-1' },
    manyItems: { S: JSON.stringify({ slotMs: T0_MS, id: 'x', items: 4e9, expiresAtS: 9e9, beforeSlotMs: null }) },
  };
  if (how === 'removed') return others;
  return { ...others, [name]: texts[how] ?? damaged(value, at, how) };
}

function damaged(value: AttributeValue, at: number, how: string): AttributeValue {
  const text = value.S ?? value.N;
  const bytes = Uint8Array.from(value.B ?? Buffer.from(text ?? ''));
  const place = at % Math.max(1, bytes.length);
  const changed = how === 'cut' ? bytes.subarray(0, place) : bytes.with(place, (bytes[place] ?? 0) ^ (1 << (at % 7)));
  if (value.B !== undefined) return { B: changed };
  return value.N === undefined ? { S: Buffer.from(changed).toString() } : { N: '7' };
}

const HOW = ['removed', 'otherType', 'empty', 'null', 'list', 'bracket', 'number', 'manyItems', 'cut', 'bit'] as const;
const anyDamage = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...HOW));

beforeEach(() => void vi.spyOn(process, 'emitWarning').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

/** A group of a sample is as it was, or absent. */
function expectNothingElse(found: readonly Sample[], sound: readonly Sample[]): void {
  for (const { slotMs, snapshot } of found) {
    const whole = sound.find((sample) => sample.slotMs === slotMs);
    for (const [name, group] of snapshot.groups) expect(group).toEqual(whole?.snapshot.groups.get(name));
  }
}

test('an item that somebody damaged is left out, or named as STORE_CORRUPT: it is no other error, and no other numbers', async () => {
  const whole = await filledTable();
  const sound = await Promise.all(readings(storesOn(whole)).map((read) => read()));
  const ids = [...whole.items.keys()];
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(anyDamage, async ([which, at, how]) => {
      const id = ids[which % ids.length] ?? '';
      const items = new Map(whole.items).set(id, spoilt(whole.items.get(id) ?? {}, [at, how]));
      const stored = memoryTable();
      for (const [name, item] of items) stored.items.set(name, item);
      for (const [index, read] of readings(storesOn(stored)).entries()) {
        await read().then(
          (found) => {
            if (index < 2) expectNothingElse(found as Sample[], sound[index] as Sample[]);
          },
          (error: unknown) => {
            if (!(error instanceof SluicegateError)) throw error;
            expect(error.code).toBe('STORE_CORRUPT');
            refused += 1;
          },
        );
      }
    }),
    { numRuns: RUNS, seed: 13 },
  );
  expect(refused).toBeGreaterThan(RUNS / 10);
});

test('a mute that is no pattern, and an entry that is damaged, take none of the others along', async () => {
  const stored = await filledTable();
  const { mutes, ledger } = storesOn(stored);
  await mutes.put({ cluster: 'prod', groups: '(', untilMs: T0_MS + YEAR_MS });
  expect((await mutes.readAll('prod')).map(({ groups }) => groups)).toEqual(['billing-.*']);
  const entry = anEntry();
  const other = { ...entry.release, id: 'other-1', group: 'other' };
  await ledger.open({ ...entry, release: other, attempt: { ...entry.attempt, startedAtMs: T0_MS } });
  for (const [id, item] of stored.items)
    if (id.includes('release#other-1')) stored.items.set(id, { ...item, b: { S: '' } });
  expect((await ledger.readOpen(entry.cluster)).map(({ release }) => release.id)).toEqual([key.releaseId]);
  const listed = await ledger.list({ cluster: entry.cluster, limit: 10, after: null });
  expect(listed.entries.map(({ release }) => release.id)).toEqual([key.releaseId]);
  await expect(ledger.read('other-1')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
});

test('what would fill the memory when it is unpacked is refused', async () => {
  const stored = await filledTable();
  // As `seal` would make it, checksum and all, but quicker.
  const body = Buffer.concat([Buffer.of(1), zstdCompressSync(new Uint8Array(2 ** 28 + 1), QUICKLY)]);
  const bomb = Buffer.concat([Buffer.of(1), hash('sha256', body, 'buffer').subarray(0, 8), body]);
  expect(bomb.length).toBeLessThan(100_000);
  for (const [id, item] of stored.items) if ('b' in item) stored.items.set(id, { ...item, b: { B: bomb } });
  const read = storesOn(stored).ledger.read(key.releaseId);
  await expect(read).rejects.toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringContaining('decompress') });
});
