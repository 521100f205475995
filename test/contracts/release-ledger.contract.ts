import { expect, test } from 'vitest';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { ReleaseLedger } from '../../lambdas/core/ports/release-ledger.ts';
import type { LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import { aDecision, anAttempt, anEntry } from '../builders/ledger-entry.ts';
import { aRelease } from '../builders/release-story.ts';
import { PRESENT_MS } from './present.ts';

const DAY_MS = 86_400_000;
const RETENTION_MS = 365 * DAY_MS;

interface Place {
  readonly clock: Clock;
  readonly retentionMs: number;
}

/** @param open makes an empty place; each call of what it gives is another process's handle on that place */
export function releaseLedgerContract(open: (place: Place) => Promise<() => ReleaseLedger>): void {
  const openNow = () => open({ clock: { nowMs: () => PRESENT_MS }, retentionMs: RETENTION_MS });

  test('an opened entry is read back whole, by its id and as the one open', async () => {
    const handle = await openNow();
    const entry = entryOf('r-1', { decisions: [aDecision()] });
    expect(await handle().open(entry)).toBe('opened');
    expect(await handle().read('r-1')).toEqual(entry);
    expect(await handle().readOpen('prod')).toEqual([entry]);
    expect(await handle().read('r-2')).toBeNull();
    expect(await handle().readOpen('staging')).toEqual([]);
  });

  test('a group with ten thousand partitions fits', async () => {
    const handle = await openNow();
    const partitions = Array.from({ length: 10_000 }, (_, partition) => {
      const endOffset = 40_000_000 + ((partition * 7_919) % 1_000_003);
      const committedOffset = endOffset - ((partition * 31) % 977);
      return { topic: 'orders', partition, committedOffset, log: { startOffset: endOffset - 30_000_000, endOffset } };
    });
    const marker = { atMs: PRESENT_MS, partitions };
    const entry = entryOf('r-1', { attempt: anAttempt({ startedAtMs: PRESENT_MS, start: marker, finish: marker }) });
    expect(await handle().open(entry)).toBe('opened');
    expect(await handle().read('r-1')).toEqual(entry);
  });

  test('two releases of one group are never open at a time; other groups and clusters do not mind', async () => {
    const handle = await openNow();
    await handle().open(entryOf('r-1'));
    expect(await handle().open(entryOf('r-2'))).toBe('taken');
    expect(await handle().read('r-2')).toBeNull();
    expect(await handle().open(entryOf('r-3', { group: 'orders' }))).toBe('opened');
    expect(await handle().open(entryOf('r-4', { cluster: 'staging' }))).toBe('opened');
    expect(await handle().open(entryOf('r-5', { group: 'x'.repeat(3_000) }))).toBe('opened');
    const ids = (await handle().readOpen('prod')).map(({ release }) => release.id);
    expect(ids.toSorted()).toEqual(['r-1', 'r-3', 'r-5']);
  });

  test('of two that open for one group at once, one is opened', async () => {
    const handle = await openNow();
    const outcomes = await Promise.all(['r-1', 'r-2'].map((id) => handle().open(entryOf(id))));
    expect(outcomes.toSorted()).toEqual(['opened', 'taken']);
  });

  test('of two that open the same release at once, one does, and the other is told', async () => {
    const handle = await openNow();
    const outcomes = await Promise.all([1, 2].map(() => handle().open(entryOf('r-1'))));
    expect(outcomes.toSorted()).toEqual(['conflict', 'opened']);
    expect(await handle().readOpen('prod')).toHaveLength(1);
  });

  test('a finished release gives its group free, and its next attempt takes it again', async () => {
    const handle = await openNow();
    const first = entryOf('r-1');
    await handle().open(first);
    const finished: LedgerEntry = { ...first, version: 2, state: 'finished', finishedAtMs: PRESENT_MS };
    expect(await handle().write(finished)).toBe('written');
    expect(await handle().readOpen('prod')).toEqual([]);
    expect(await handle().open(entryOf('r-2'))).toBe('opened');
    const retried: LedgerEntry = { ...finished, version: 3, state: 'open', finishedAtMs: null };
    expect(await handle().open(retried)).toBe('taken');
    await handle().write(entryOf('r-2', { version: 2, state: 'finished' }));
    expect(await handle().open(retried)).toBe('opened');
    expect(await handle().read('r-1')).toEqual(retried);
  });

  test('a write that names any version but the next changes nothing', async () => {
    const handle = await openNow();
    const first = entryOf('r-1');
    await handle().open(first);
    for (const version of [0, 1, 3]) expect(await handle().write({ ...first, version })).toBe('conflict');
    expect(await handle().write(entryOf('r-9', { version: 2 }))).toBe('conflict');
    expect(await handle().read('r-1')).toEqual(first);
    const outcomes = await Promise.all([1, 2].map(() => handle().write({ ...first, version: 2 })));
    expect(outcomes.toSorted()).toEqual(['conflict', 'written']);
  });

  test('lists page by page, the newest first, of a cluster or of one of its groups', async () => {
    const handle = await openNow();
    for (const [index, group] of ['billing', 'orders', 'billing', 'refunds', 'billing'].entries()) {
      const entry = entryOf(`r-${index}`, { group, atMs: PRESENT_MS + index * 1_000 });
      await handle().open(entry);
      await handle().write({ ...entry, version: 2, state: 'finished' });
    }
    await handle().open(entryOf('theirs', { cluster: 'staging' }));
    expect(await pagesOf(handle(), {}, 2)).toEqual([['r-4', 'r-3'], ['r-2', 'r-1'], ['r-0']]);
    expect(await pagesOf(handle(), { group: 'billing' }, 2)).toEqual([['r-4', 'r-2'], ['r-0']]);
    expect(await pagesOf(handle(), { group: 'billing' }, 3)).toEqual([['r-4', 'r-2', 'r-0']]);
    expect(await pagesOf(handle(), { group: 'nobody' }, 3)).toEqual([[]]);
    const { entries } = await handle().list({ cluster: 'prod', limit: 1 });
    expect(entries).toEqual([await handle().read('r-4')]);
  });

  test('an entry is kept as long as configured, counted from its last attempt, and its group is free then', async () => {
    let nowMs = PRESENT_MS;
    const handle = await open({ clock: { nowMs: () => nowMs }, retentionMs: RETENTION_MS });
    const entry = entryOf('r-1');
    await handle().open(entry);
    nowMs += RETENTION_MS - 1_000;
    expect(await handle().read('r-1')).toEqual(entry);
    nowMs += 2_000;
    expect(await handle().read('r-1')).toBeNull();
    expect(await handle().readOpen('prod')).toEqual([]);
    expect((await handle().list({ cluster: 'prod', limit: 9 })).entries).toEqual([]);
    expect(await handle().open(entryOf('r-1', { atMs: nowMs }))).toBe('opened');
  });

  test('a checkpoint belongs to one attempt, and the newest is read', async () => {
    const handle = await openNow();
    const first = { releaseId: 'r-1', attempt: 1 };
    const stopMarker = { marker: null, isOver: false };
    expect(await handle().readCheckpoint(first)).toBeNull();
    for (const slotMs of [PRESENT_MS, PRESENT_MS + 60_000]) {
      await handle().writeCheckpoint(first, { slotMs, memory: { seen: [slotMs, 'é'] }, stopMarker });
    }
    expect(await handle().readCheckpoint(first)).toEqual({
      slotMs: PRESENT_MS + 60_000,
      memory: { seen: [PRESENT_MS + 60_000, 'é'] },
      stopMarker,
    });
    expect(await handle().readCheckpoint({ releaseId: 'r-1', attempt: 2 })).toBeNull();
    expect(await handle().readCheckpoint({ releaseId: 'r-2', attempt: 1 })).toBeNull();
  });
}

function entryOf(
  id: string,
  { group = 'billing', atMs = PRESENT_MS, ...part }: Partial<LedgerEntry> & { group?: string; atMs?: number } = {},
): LedgerEntry {
  return anEntry({
    release: aRelease({ id, group, startedAtMs: atMs }),
    attempt: anAttempt({ startedAtMs: atMs }),
    ...part,
  });
}

async function pagesOf(ledger: ReleaseLedger, of: { readonly group?: string }, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | null = null;
  do {
    const { entries, next } = await ledger.list({ cluster: 'prod', ...of, limit, after });
    pages.push(entries.map(({ release }) => release.id));
    after = next;
  } while (after !== null);
  return pages;
}
