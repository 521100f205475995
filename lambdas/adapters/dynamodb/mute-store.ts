import { hash } from 'node:crypto';
import { TABLE_KEYS } from '../../contract.ts';
import type { Mute } from '../../core/incident/mute.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { MuteStore } from '../../core/ports/mute-store.ts';
import { type Item, keyAttributes } from './item.ts';
import type { Table } from './table.ts';

/** `pat` is the pattern, `endMs` when it ends (epoch). */
const PATTERN = 'pat';
const END_MS = 'endMs';

/** Mutes in DynamoDB: one item a pattern, which expires with it. */
export function dynamoMuteStore({ table, clock }: { readonly table: Table; readonly clock: Clock }): MuteStore {
  return {
    async readAll(cluster) {
      const mutes: Mute[] = [];
      for await (const item of table.query({ partition: partitionOf(cluster), from: '0', until: 'g' })) {
        const mute = muteOf(item, cluster);
        if (clock.nowMs() < mute.untilMs && isPattern(mute)) mutes.push(mute);
      }
      return mutes;
    },
    put: (mute) => table.putAll([itemOf(mute)]),
    // Ended now, not deleted: it expires by itself, and no function needs the right to delete.
    remove: (which) => {
      const nowMs = clock.nowMs();
      const condition = { expression: `${END_MS} > :now`, values: { ':now': { N: `${nowMs}` } } };
      return table.putIf(itemOf({ ...which, untilMs: nowMs }), condition);
    },
  };
}

/** Who writes one past the command line, and wrong, must not take a cluster's evaluation along: it silences nothing. */
function isPattern({ cluster, groups }: Mute): boolean {
  try {
    new RegExp(groups, 'u');
    return true;
  } catch (cause) {
    const { message } = cause as Error;
    process.emitWarning(`a mute of cluster "${cluster}" is no regular expression, and is left out: ${message}`);
    return false;
  }
}

const partitionOf = (cluster: string): string => `mutes#${cluster}`;

const itemOf = ({ cluster, groups, untilMs }: Mute): Item => ({
  ...keyAttributes({ partition: partitionOf(cluster), sort: hash('sha256', groups) }),
  [PATTERN]: { S: groups },
  [END_MS]: { N: `${untilMs}` },
  [TABLE_KEYS.expiresAtS]: { N: `${Math.ceil(untilMs / 1_000)}` },
});

const muteOf = (item: Item, cluster: string): Mute => ({
  cluster,
  groups: item[PATTERN]?.S ?? '',
  untilMs: Number(item[END_MS]?.N ?? 0),
});
