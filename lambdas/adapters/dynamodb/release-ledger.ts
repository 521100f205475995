import { TABLE_KEYS } from '../../contract.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LedgerPage, LedgerQuery, ReleaseLedger } from '../../core/ports/release-ledger.ts';
import type { LedgerEntry } from '../../core/release/ledger-entry.ts';
import { groupSort } from './group-sort.ts';
import { bodyOf, expiresAtSOf, type Item, type Key, keyAttributes, keyId, packedItem } from './item.ts';
import { openGroups } from './open-groups.ts';
import { seal, unseal } from './packing/envelope.ts';
import { judgementCheckpoints } from './release-checkpoints.ts';
import type { Condition, Table } from './table.ts';
import { damageIn } from './unreadable.ts';

/** What a write is conditional on. */
const VERSION = 'ver';

/**
 * The ledger in DynamoDB: one packed item an entry; the group that an open one has taken (open-groups.ts); and two items
 * that hold its place in the lists.
 */
export function dynamoReleaseLedger({
  table,
  clock,
  retentionMs,
}: {
  readonly table: Table;
  readonly clock: Clock;
  readonly retentionMs: number;
}): ReleaseLedger {
  const nowS = () => clock.nowMs() / 1_000;
  const groups = openGroups({ table, clock });
  const expiresAtS = ({ attempt }: LedgerEntry) => Math.ceil((attempt.startedAtMs + retentionMs) / 1_000);

  async function read(id: string): Promise<LedgerEntry | null> {
    const item = await table.get(entryKey(id));
    return item === null || expiresAtSOf(item) <= nowS() ? null : entryOf(item);
  }

  const put = (entry: LedgerEntry): Promise<boolean> =>
    table.putIf(
      {
        ...packedItem(entryKey(entry.release.id), sealedEntry(entry).bytes, expiresAtS(entry)),
        [VERSION]: { N: `${entry.version}` },
      },
      makes(entry.version, Math.floor(nowS())),
    );

  return {
    async open(entry) {
      const { cluster, release } = entry;
      const isOpen = async (id: string) => (await read(id))?.state ?? 'absent';
      if (!(await groups.take({ cluster, group: release.group, id: release.id }, isOpen))) return 'taken';
      // The places first: one that leads nowhere yet is left out, and an entry without one would never be listed.
      await table.putAll(placesOf(entry).map((key) => placeItem(key, entry.release.id, expiresAtS(entry))));
      return (await put(entry)) ? 'opened' : 'conflict';
    },
    read,
    list: (query) => readPage(table, query, nowS()),
    async readOpen(cluster) {
      const entries = await Promise.all((await groups.takenIn(cluster)).map((id) => read(id).catch(leftOut)));
      return entries.filter((entry) => entry !== null).filter(({ state }) => state === 'open');
    },
    async write(entry) {
      if (!(await put(entry))) return 'conflict';
      const { cluster, release, state } = entry;
      // Not lost by a crash in between: whose entry is finished holds nothing (open-groups.ts).
      if (state === 'finished') await groups.give({ cluster, group: release.group, id: release.id });
      return 'written';
    },
    ...judgementCheckpoints({ table, clock }),
  };
}

const entryKey = (id: string): Key => ({ partition: `release#${id}`, sort: 'entry' });

const FORMAT = 'ledger entry';

const sealedEntry = (entry: LedgerEntry) => seal(FORMAT, Buffer.from(JSON.stringify(entry)));

const entryOf = (item: Item): LedgerEntry =>
  JSON.parse(Buffer.from(unseal(FORMAT, bodyOf(item))).toString()) as LedgerEntry;

/** Null: damaged. In a list it is left out, since it must not take the others along; by its id it is an error. */
function readable(item: Item): LedgerEntry | null {
  try {
    return entryOf(item);
  } catch (cause) {
    return leftOut(cause);
  }
}

function leftOut(cause: unknown): null {
  const { code, message } = damageIn(cause);
  process.emitWarning(`an entry of the ledger can not be read, and is left out: ${message}`, { code });
  return null;
}

/** The version before, or for the first none: an expired entry counts as none, whether or not it was deleted yet. */
function makes(version: number, nowS: number): Condition {
  const { expiresAtS, partition } = TABLE_KEYS;
  const now = { ':now': { N: `${nowS}` } };
  if (version === 1) return { expression: `attribute_not_exists(${partition}) OR ${expiresAtS} <= :now`, values: now };
  return {
    expression: `${VERSION} = :before AND ${expiresAtS} > :now`,
    values: { ...now, ':before': { N: `${version - 1}` } },
  };
}

/** Attribute of a place: whose it is. */
const ID = 'rel';
const PLACE_END = '9';

const placesOf = ({ cluster, release, openedAtMs }: LedgerEntry): Key[] => {
  const sort = `${`${openedAtMs}`.padStart(16, '0')}#${release.id}`;
  return [listPartition(cluster, undefined), listPartition(cluster, release.group)].map((partition) => ({
    partition,
    sort,
  }));
};

/** No name of a cluster holds a `#`. */
const listPartition = (cluster: string, group: string | undefined): string =>
  group === undefined ? `releases#${cluster}` : `releases#${cluster}#${groupSort(group)}`;

const placeItem = (key: Key, id: string, expiresAtS: number): Item => ({
  ...keyAttributes(key),
  [ID]: { S: id },
  [TABLE_KEYS.expiresAtS]: { N: `${expiresAtS}` },
});

async function readPage(
  table: Table,
  { cluster, group, limit, after }: LedgerQuery,
  nowS: number,
): Promise<LedgerPage> {
  const partition = listPartition(cluster, group);
  // Both ends of a range belong to it: the last place of the page before comes again, and one more tells of a next page.
  const range = { partition, from: '0', until: after ?? PLACE_END, last: limit + (after ? 2 : 1) };
  const places: Item[] = [];
  for await (const item of table.query(range)) if (sortOf(item) !== after) places.push(item);
  const page = places.slice(0, limit);
  const keys = page.filter((item) => expiresAtSOf(item) > nowS).map((item) => entryKey(item[ID]?.S ?? ''));
  const found = await table.getAll(keys);
  const entries = keys.map((key) => found.get(keyId(key))).filter((item) => item !== undefined);
  const last = page.at(-1);
  return {
    entries: entries.flatMap((item) => readable(item) ?? []),
    next: last && places.length > limit ? sortOf(last) : null,
  };
}

const sortOf = (item: Item): string => item[TABLE_KEYS.sort]?.S ?? '';
