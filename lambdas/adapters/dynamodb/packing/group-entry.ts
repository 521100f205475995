import type { GroupSnapshot, ShareProgress } from '../../../core/cluster/group.ts';
import { byName, type MemberJson, memberJson, memberOf } from './member-text.ts';
import { areSameCodes, codesOf } from './topic-entry.ts';

/** What is known of a group besides its offsets. */
export interface GroupEntry {
  /** All of it, as it is packed. */
  readonly text: string;
  readonly name: string;
  /** Shared by every sample in which none of it changed, members included. */
  readonly constant: Pick<GroupSnapshot, 'type' | 'state' | 'members' | 'epochs'>;
  readonly committed: readonly TopicCells[];
  /** Null: the group has no share offsets at all, as all but share groups. */
  readonly share: readonly TopicCells[] | null;
}

/** By partition of one topic, what the group has there: 0 is nothing. */
export interface TopicCells {
  readonly topic: string;
  readonly codes: Uint8Array;
}

export const COMMITTED = 1;
export const SHARE_START = 1;
export const SHARE_LAG = 2;

type CellsJson = readonly (readonly [string, string])[];

interface GroupJson {
  readonly y: GroupSnapshot['type'];
  readonly s: GroupSnapshot['state'];
  readonly m: readonly MemberJson[] | null;
  readonly c: CellsJson;
  readonly h?: CellsJson;
  readonly e?: readonly [number, number];
}

export function groupText(name: string, { type, state, members, committed, share, epochs }: GroupSnapshot): string {
  const json: GroupJson = {
    y: type,
    s: state,
    m: members?.map(memberJson) ?? null,
    c: cellsJson(committed, (offset) => (offset === null ? 0 : COMMITTED)),
    ...(share === undefined ? {} : { h: cellsJson(share, shareCode) }),
    ...(epochs === undefined ? {} : { e: [epochs.group, epochs.assignment] }),
  };
  return JSON.stringify([name, json]);
}

export function parseGroup(text: string): GroupEntry {
  const [name, { y, s, m, c, h, e }] = JSON.parse(text) as [string, GroupJson];
  const constant = { type: y, state: s, members: m?.map(memberOf) ?? null };
  return {
    text,
    name,
    constant: e === undefined ? constant : { ...constant, epochs: { group: e[0], assignment: e[1] } },
    committed: c.map(cellsOf),
    share: h?.map(cellsOf) ?? null,
  };
}

/** Members come and go without changing a cell. */
export const hasSameCells = (a: GroupEntry, b: GroupEntry): boolean =>
  areSameTopics(a.committed, b.committed) && areSameTopics(a.share ?? [], b.share ?? []);

const areSameTopics = (a: readonly TopicCells[], b: readonly TopicCells[]): boolean =>
  a.length === b.length &&
  a.every(({ topic, codes }, nth) => {
    const other = b[nth];
    return topic === other?.topic && areSameCodes(codes, other.codes);
  });

const shareCode = (progress: ShareProgress | null): number =>
  progress === null ? 0 : progress.lagMessages === null ? SHARE_START : SHARE_START + SHARE_LAG;

function cellsJson<T>(byTopic: ReadonlyMap<string, readonly T[]>, code: (value: T) => number): CellsJson {
  return byName(byTopic).map(([topic, values]) => {
    let codes = '';
    for (const value of values) codes += code(value);
    return [topic, codes];
  });
}

const cellsOf = ([topic, codes]: readonly [string, string]): TopicCells => ({ topic, codes: codesOf(codes) });
