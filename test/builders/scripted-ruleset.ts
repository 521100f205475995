import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import type { GroupVerdict } from '../../lambdas/core/status/verdict.ts';
import { aGroupVerdict, aTroubledGroup } from './verdict.ts';

/**
 * Judges by what the group has committed to `script`-0: 1 is trouble, anything else is fine. It counts the snapshots it
 * took, as its memory, so that a test can see whether a run was resumed rightly.
 */
export const scriptedRuleset: Ruleset = {
  name: 'burrow',
  begin: (from) => {
    let taken = typeof from === 'number' ? from : 0;
    return {
      advance: ({ groups }) => {
        taken += 1;
        return [...groups].map(([group, { committed }]): GroupVerdict => {
          const inTrouble = committed.get('script')?.[0] === 1;
          const reason = { rule: 'scripted', numbers: { taken }, sentence: `sample ${taken}` };
          return inTrouble ? aTroubledGroup('STALLED', { group, reason }) : aGroupVerdict({ group, reason });
        });
      },
      checkpoint: () => taken,
    };
  },
};
