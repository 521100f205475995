import { beforeAll, describe, expect, test } from 'vitest';
import { readReplay } from '../../../../lambdas/adapters/ndjson/read-replay.ts';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import { DEFAULT_SETTINGS } from '../../../../lambdas/core/status/default/default-settings.ts';
import { scaledSettings } from '../../../../lambdas/core/status/default/scaled-settings.ts';
import { judged, spellsOf } from '../../../builders/judged.ts';

/** test/fixtures/recordings/README.md says what happened when. */
const RECORDING = 'test/fixtures/recordings/demo.ndjson.gz';
const STORY_BEGAN_AT_MS = 1_795_527_398_964;
const SETTINGS = { settings: scaledSettings(DEFAULT_SETTINGS, 1 / 12) };

const snapshots: ClusterSnapshot[] = [];
beforeAll(async () => {
  for await (const { line } of readReplay([RECORDING])) if (line.kind === 'snapshot') snapshots.push(line.snapshot);
});

/** What a group was called from when on, in seconds of the story, judged cold from one second of it on. */
function told(group: string, fromS: number) {
  const secondOf = ({ atMs }: ClusterSnapshot) => (atMs - STORY_BEGAN_AT_MS) / 1_000;
  const seen = snapshots.filter((snapshot) => secondOf(snapshot) >= fromS);
  return spellsOf(judged(seen, { ...SETTINGS, group })).map((spell) => {
    const [sample = '0', name = ''] = spell.split(' ');
    const snapshot = seen[Number(sample)];
    return { atS: snapshot === undefined ? Number.NaN : secondOf(snapshot), name };
  });
}

describe('on a recording of a real broker', () => {
  test.each(['orders-healthy', 'orders-workers', 'orders-burst'])('%s is never in trouble', (group) => {
    const names = new Set(told(group, 0).map(({ name }) => name));
    expect([...names].filter((name) => name !== 'OK' && name !== 'UNKNOWN')).toEqual([]);
  });

  test.each([
    { why: 'a killed consumer', group: 'orders-stopped', kind: 'STOPPED', fromS: 160, atS: 343.7, overAtS: 403.7 },
    {
      why: 'a message that stops it',
      group: 'orders-stalled',
      kind: 'STALLED',
      fromS: 160,
      atS: 353.7,
      overAtS: 453.7,
    },
    {
      why: 'the same, when the first time was judged without knowing anything of the group',
      group: 'orders-stalled',
      kind: 'STALLED',
      fromS: 0,
      atS: 353.7,
      overAtS: 453.7,
    },
  ])('$why is $kind within 25 s, and over soon after its end', ({ group, kind, fromS, atS, overAtS }) => {
    const spells = told(group, fromS).filter((spell) => spell.atS > atS && spell.name !== 'UNKNOWN');
    expect(spells[0]?.name).toBe(kind);
    expect(spells[0]?.atS).toBeLessThan(atS + 25);
    expect(spells[1]?.atS).toBeGreaterThan(overAtS);
    expect(spells[1]?.atS).toBeLessThan(overAtS + 15);
    expect(spells.at(-1)?.name).toBe('OK');
  });

  test('a consumer that was always too slow is FALLING_BEHIND within 150 s, and nothing else', () => {
    const spells = told('orders-slow', 0);
    expect(spells.map(({ name }) => name)).toEqual(['UNKNOWN', 'OK', 'FALLING_BEHIND']);
    expect((spells[2]?.atS ?? 0) - (spells[0]?.atS ?? 0)).toBeLessThan(150);
  });
});
