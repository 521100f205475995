import { namesAllowedBy } from '../cluster/name-filter.ts';
import type { Mute } from './mute.ts';
import { isWithin, type QuietWindow } from './quiet-window.ts';

/** Whether nothing new may be told of a group, or of the cluster as a whole (null). */
export type Silence = (group: string | null) => boolean;

/** What is silent in a cluster at an instant. A mute is about groups; a quiet window for all groups, about the cluster too. */
export function silenceAt(
  { quiet, mutes: muted }: { readonly quiet: readonly QuietWindow[]; readonly mutes: readonly Mute[] },
  { cluster, atMs }: { readonly cluster: string; readonly atMs: number },
): Silence {
  const open = quiet.filter((window) => namesAllowedBy(window.clusters)(cluster) && isWithin(window, atMs));
  const silenced = [
    ...open.map(({ groups }) => namesAllowedBy(groups)),
    ...muted.flatMap(({ groups, untilMs }) =>
      atMs < untilMs ? [namesAllowedBy({ allow: [new RegExp(groups, 'u')], deny: [] })] : [],
    ),
  ];
  const everything = open.some(({ groups: { allow, deny } }) => allow.length === 0 && deny.length === 0);
  return (group) => (group === null ? everything : silenced.some((names) => names(group)));
}
