import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';
import { aGroupVerdict, aTroubledGroup } from './verdict.ts';

/** What a group must have committed to `script`-0 to be judged so; anything else is fine. */
export const SCRIPT = { fine: 0, STALLED: 1, STOPPED: 2, FALLING_BEHIND: 3, unknown: 4 } as const;

/**
 * Judges by what the group has committed to `script`-0. It counts the snapshots it took, as its memory, so that a test
 * can see whether a run was resumed rightly.
 */
export const scriptedRuleset: Ruleset = {
  name: 'burrow',
  begin: (from) => {
    let taken = from?.checkpoint[0] ?? 0;
    return {
      advance: ({ groups }) => {
        taken += 1;
        const reason = { rule: 'scripted', numbers: { taken }, sentence: `sample ${taken}` };
        return [...groups].map(([group, { committed }]) =>
          verdictOf(committed.get('script')?.[0] ?? SCRIPT.fine, { group, reason }),
        );
      },
      measuresOf: () => null,
      checkpoint: () => Uint8Array.of(taken),
    };
  },
};

function verdictOf(script: number, told: Pick<GroupVerdict, 'group' | 'reason'>): GroupVerdict {
  const kind = (['STALLED', 'STOPPED', 'FALLING_BEHIND'] as const).find((name) => SCRIPT[name] === script);
  if (kind !== undefined) return aTroubledGroup(kind, told);
  return aGroupVerdict(script === SCRIPT.unknown ? { ...told, status: 'UNKNOWN', partitions: new Map() } : told);
}
