import { expect, test } from 'vitest';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { MuteStore } from '../../lambdas/core/ports/mute-store.ts';
import { PRESENT_MS } from './present.ts';

const mute = { cluster: 'prod', groups: 'billing-.*', untilMs: PRESENT_MS + 60_000 };

/** @param open makes an empty place; each call of what it gives is another process's handle on that place */
export function muteStoreContract(open: (place: { clock: Clock }) => Promise<() => MuteStore>): void {
  const openNow = () => open({ clock: { nowMs: () => PRESENT_MS } });

  test('reads back the mutes of a cluster, and only those', async () => {
    const handle = await openNow();
    const long = { ...mute, groups: 'x'.repeat(3_000) };
    for (const each of [mute, long, { ...mute, cluster: 'staging' }]) await handle().put(each);
    expect(await handle().readAll('prod')).toHaveLength(2);
    expect(await handle().readAll('prod')).toEqual(expect.arrayContaining([mute, long]));
    expect(await handle().readAll('other')).toEqual([]);
  });

  test('a second mute for the same groups gives it another end, earlier or later', async () => {
    const handle = await openNow();
    for (const untilMs of [mute.untilMs, mute.untilMs + 5, PRESENT_MS + 1]) {
      await handle().put({ ...mute, untilMs });
      expect(await handle().readAll('prod')).toEqual([{ ...mute, untilMs }]);
    }
  });

  test('ends by itself at its time', async () => {
    let nowMs = PRESENT_MS;
    const handle = await open({ clock: { nowMs: () => nowMs } });
    await handle().put(mute);
    nowMs = mute.untilMs - 1;
    expect(await handle().readAll('prod')).toEqual([mute]);
    nowMs = mute.untilMs;
    expect(await handle().readAll('prod')).toEqual([]);
    expect(await handle().remove(mute)).toBe(false);
  });

  test('a removed mute is over at once, and removing says whether there was one', async () => {
    const handle = await openNow();
    await handle().put(mute);
    expect(await handle().remove({ cluster: 'prod', groups: 'billing' })).toBe(false);
    expect(await handle().remove(mute)).toBe(true);
    expect(await handle().readAll('prod')).toEqual([]);
    expect(await handle().remove(mute)).toBe(false);
    await handle().put(mute);
    expect(await handle().readAll('prod')).toEqual([mute]);
  });
}
