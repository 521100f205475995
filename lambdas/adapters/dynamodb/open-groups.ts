import { TABLE_KEYS } from '../../contract.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { GROUP_SORT_END, GROUP_SORT_START, groupSort } from './group-sort.ts';
import { expiresAtSOf, type Item, type Key, keyAttributes } from './item.ts';
import type { Condition, Table } from './table.ts';

/** `rel` holds the group since `since` (epoch). */
const ID = 'rel';
const SINCE = 'since';

/** Whoever takes a group writes its entry right after, in an invocation that is over by then. */
const LEASE_MS = 120_000;
/** No attempt lasts longer: what is left behind is gone after it, whatever happened. */
const KEPT_S = 40 * 86_400;

export interface Holding {
  readonly cluster: string;
  readonly group: string;
  /** The release's. */
  readonly id: string;
}

/**
 * Which group is held by which open release: one item a group, taken before the release's entry is written, so that
 * two can't be open at a time. The entry is the truth: whose entry is finished, or was never written within the lease,
 * holds nothing.
 */
export function openGroups({ table, clock }: { readonly table: Table; readonly clock: Clock }): {
  /** False: another release holds it. */
  take(holding: Holding, stateOf: (id: string) => Promise<'open' | 'finished' | 'absent'>): Promise<boolean>;
  give(holding: Holding): Promise<void>;
  /** Ids of the releases that hold a group of the cluster. */
  takenIn(cluster: string): Promise<readonly string[]>;
} {
  const now = () => ({ ':now': { N: `${Math.floor(clock.nowMs() / 1_000)}` } });

  const put = (holding: Holding, expiresAtS: number, condition: Condition): Promise<boolean> =>
    table.putIf(
      {
        ...keyAttributes(keyOf(holding)),
        [ID]: { S: holding.id },
        [SINCE]: { N: `${clock.nowMs()}` },
        [TABLE_KEYS.expiresAtS]: { N: `${expiresAtS}` },
      },
      condition,
    );

  return {
    async take(holding, stateOf) {
      const { partition, expiresAtS } = TABLE_KEYS;
      const untilS = Math.ceil(clock.nowMs() / 1_000) + KEPT_S;
      const expression = `attribute_not_exists(${partition}) OR ${expiresAtS} <= :now OR ${ID} = :id`;
      const values = { ...now(), ':id': { S: holding.id } };
      if (await put(holding, untilS, { expression, values })) return true;
      const item = await table.get(keyOf(holding));
      const holder = item?.[ID]?.S ?? '';
      const state = await stateOf(holder);
      const isNew = clock.nowMs() - Number(item?.[SINCE]?.N ?? 0) < LEASE_MS;
      if (state === 'open' || (state === 'absent' && isNew)) return false;
      const stillHis = { expression: `${ID} = :holder`, values: { ':holder': { S: holder } } };
      return put(holding, untilS, stillHis);
    },
    async give(holding) {
      // Ended now, not deleted: it expires by itself, and no function needs the right to delete.
      const nowS = Math.floor(clock.nowMs() / 1_000);
      await put(holding, nowS, { expression: `${ID} = :id`, values: { ':id': { S: holding.id } } });
    },
    async takenIn(cluster) {
      const ids: string[] = [];
      const range = { partition: partitionOf(cluster), from: GROUP_SORT_START, until: GROUP_SORT_END };
      for await (const item of table.query(range)) if (isHeld(item, clock.nowMs())) ids.push(item[ID]?.S ?? '');
      return ids;
    },
  };
}

const partitionOf = (cluster: string): string => `open-releases#${cluster}`;

const keyOf = ({ cluster, group }: Holding): Key => ({ partition: partitionOf(cluster), sort: groupSort(group) });

const isHeld = (item: Item, nowMs: number): boolean => expiresAtSOf(item) > nowMs / 1_000;
