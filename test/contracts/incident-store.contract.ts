import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EndedIncident, Incident, IncidentRecord } from '../../lambdas/core/incident/incident.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { IncidentStore } from '../../lambdas/core/ports/incident-store.ts';
import { aNotice } from '../builders/notice.ts';
import { PRESENT_MS } from './present.ts';

const DAY_MS = 86_400_000;

/** @param open makes an empty place; each call of what it gives is another process's handle on that place */
export function incidentStoreContract(open: (place: { clock: Clock }) => Promise<() => IncidentStore>): void {
  const openNow = () => open({ clock: { nowMs: () => PRESENT_MS } });

  test('a cluster without incidents has no records', async () => {
    expect(await (await openNow())().readAll('prod')).toEqual(new Map());
  });

  test("reads back every group of its cluster and the cluster's own record, and only those", async () => {
    const handle = await openNow();
    const ours = [
      aRecord({ group: 'billing' }),
      aRecord({ group: 'é # weird/group' }),
      aRecord({ group: '__proto__' }),
      aRecord({ group: 'cluster' }),
      aRecord({ group: null }),
    ];
    for (const record of [...ours, aRecord({ cluster: 'staging', group: 'theirs' })]) {
      expect(await handle().write(record)).toBe('written');
    }
    expect(await handle().readAll('prod')).toEqual(new Map(ours.map((record) => [record.group, record])));
  });

  test('takes the largest record that can come to be, and the end of its incident', async () => {
    const handle = await openNow();
    const largest = theLargestRecord();
    expect(await handle().write(largest)).toBe('written');
    expect(await handle().readAll('prod')).toEqual(new Map([[largest.group, largest]]));
    const ended = largest.incident && {
      incident: largest.incident,
      ended: 'recovered' as const,
      endedAtMs: PRESENT_MS,
    };
    expect(await handle().write({ ...largest, version: 2, incident: null, pending: null, ended })).toBe('written');
    expect(await handle().readEnded('prod', 0)).toEqual([ended]);
  });

  test('a write that names any version but the next changes nothing', async () => {
    const handle = await openNow();
    const first = aRecord();
    await handle().write(first);
    for (const version of [0, 1, 3]) {
      expect(await handle().write(aRecord({ version, incident: null }))).toBe('conflict');
    }
    expect(await handle().write(aRecord({ version: 2, group: 'another' }))).toBe('conflict');
    expect(await handle().readAll('prod')).toEqual(new Map([['billing', first]]));
  });

  test('of two who write the same version, one does', async () => {
    const handle = await openNow();
    const outcomes = await Promise.all([1, 2].map(() => handle().write(aRecord())));
    expect(outcomes.toSorted()).toEqual(['conflict', 'written']);
  });

  test('keeps a closed record for a day, an open one and unsent notices for good', async () => {
    let nowMs = PRESENT_MS;
    const handle = await open({ clock: { nowMs: () => nowMs } });
    await handle().write(aRecord({ group: 'closed', incident: null, outbox: [] }));
    await handle().write(aRecord({ group: 'open', outbox: [] }));
    await handle().write(aRecord({ group: 'unsent', incident: null }));
    nowMs += DAY_MS - 1_000;
    expect([...(await handle().readAll('prod')).keys()].toSorted()).toEqual(['closed', 'open', 'unsent']);
    nowMs += 400 * DAY_MS;
    expect([...(await handle().readAll('prod')).keys()].toSorted()).toEqual(['open', 'unsent']);
  });

  test('a group whose closed record has expired begins anew, deleted or not', async () => {
    let nowMs = PRESENT_MS;
    const handle = await open({ clock: { nowMs: () => nowMs } });
    await handle().write(aRecord());
    await handle().write(aRecord({ version: 2, incident: null, outbox: [] }));
    nowMs += 2 * DAY_MS;
    const again = aRecord({ version: 1, slotMs: nowMs });
    expect(await handle().write(again)).toBe('written');
    expect(await handle().readAll('prod')).toEqual(new Map([['billing', again]]));
  });

  test('what a write ends can be looked up for thirty days, the last one first', async () => {
    let nowMs = PRESENT_MS;
    const handle = await open({ clock: { nowMs: () => nowMs } });
    const [first, second] = [anEnd('one', 1_000), anEnd('two', 2_000)];
    await handle().write(aRecord({ group: 'b', ended: second, incident: null }));
    await handle().write(aRecord({ group: 'a', ended: first, incident: null }));
    await handle().write(aRecord({ cluster: 'staging', ended: anEnd('theirs', 1_500, 'staging'), incident: null }));
    expect(await handle().readEnded('prod', 0)).toEqual([second, first]);
    expect(await handle().readEnded('prod', PRESENT_MS + 1_001)).toEqual([second]);
    nowMs += 30 * DAY_MS + 1_500;
    expect(await handle().readEnded('prod', 0)).toEqual([second]);
  });

  test('an incident whose end was written twice ended once', async () => {
    const handle = await openNow();
    await handle().write(aRecord({ ended: anEnd('one', 1_000), incident: null }));
    await handle().write(aRecord({ version: 2, ended: anEnd('one', 3_000), incident: null }));
    expect(await handle().readEnded('prod', 0)).toEqual([anEnd('one', 3_000)]);
  });
}

/** As incompressible as names can be. */
const textOf = (seed: string, characters: number): string => {
  let text = '';
  for (let part = 0; text.length < characters; part += 1) text += hash('sha512', `${seed}/${part}`, 'base64url');
  return text.slice(0, characters);
};

/** The largest that record-limits.ts lets come to be, of a group whose id is as long as Kafka takes. */
function theLargestRecord(): IncidentRecord {
  const group = textOf('group', 32_767);
  const topics = Array.from({ length: 256 }, (_, nth) => textOf(`topic ${nth}`, 249));
  const incident = { ...INCIDENT, id: `prod/${group}/${PRESENT_MS}`, group, topics, sentence: textOf('why', 2_000) };
  const outbox = Array.from({ length: 100 }, (_, nth) =>
    aNotice({
      id: `${incident.id}/${nth}/reminded`,
      incidentId: incident.id,
      group,
      partitions: topics.slice(nth, nth + 5).map((topic, partition) => ({
        topic,
        partition,
        status: 'STALLED' as const,
        lagMessages: partition,
        owner: textOf(`owner ${nth} ${partition}`, 256),
      })),
    }),
  );
  const pending = { sight: 'OK' as const, sinceSlotMs: PRESENT_MS, sinceAtMs: PRESENT_MS, topics };
  return aRecord({ group, incident, pending, outbox });
}

const anEnd = (id: string, afterMs: number, cluster = 'prod'): EndedIncident => ({
  incident: { ...INCIDENT, id, cluster },
  ended: 'recovered',
  endedAtMs: PRESENT_MS + afterMs,
});

const INCIDENT: Incident = {
  id: `prod/billing/${PRESENT_MS}`,
  cluster: 'prod',
  group: 'billing',
  openedAtMs: PRESENT_MS,
  status: 'ERR',
  kind: 'STALLED',
  kindAtMs: PRESENT_MS,
  sentence: 'no progress',
  topics: ['orders'],
  told: { status: 'ERR', kind: 'STALLED', atMs: PRESENT_MS },
};

const NOTICES: readonly Notice[] = [aNotice(), aNotice({ id: 'prod/billing/2/recovered', transition: 'recovered' })];

const aRecord = (part: Partial<IncidentRecord> = {}): IncidentRecord => ({
  cluster: 'prod',
  group: 'billing',
  version: 1,
  slotMs: PRESENT_MS,
  incident: INCIDENT,
  pending: { sight: 'OK', sinceSlotMs: PRESENT_MS, sinceAtMs: PRESENT_MS, topics: ['orders'] },
  ended: null,
  outbox: NOTICES,
  taken: { terminal: 1 },
  ...part,
});
