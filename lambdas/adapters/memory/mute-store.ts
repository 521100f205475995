import type { Mute } from '../../core/incident/mute.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { MuteStore } from '../../core/ports/mute-store.ts';

/** Mutes in this process, for tests. */
export function memoryMuteStore({ clock }: { clock: Clock }): MuteStore {
  const kept = new Map<string, Mute>();
  const keyOf = ({ cluster, groups }: Pick<Mute, 'cluster' | 'groups'>) => JSON.stringify([cluster, groups]);
  const current = () => [...kept.values()].filter(({ untilMs }) => clock.nowMs() < untilMs);
  return {
    readAll: async (cluster) => current().filter((mute) => mute.cluster === cluster),
    put: async (mute) => {
      kept.set(keyOf(mute), mute);
    },
    remove: async (which) => {
      const ended = current().some((mute) => keyOf(mute) === keyOf(which));
      kept.delete(keyOf(which));
      return ended;
    },
  };
}
