import type { GroupSnapshot, GroupState, GroupType, ShareProgress } from '../../core/cluster/group.ts';
import { GROUP_STATES, GROUP_TYPES } from '../../core/cluster/group.ts';
import { isObject, isWhole, objectOf, WHOLE } from './json.ts';
import { parseMembers, renderMember } from './member-lines.ts';
import { Mismatch } from './mismatch.ts';

/** One entry of `groups`. `epochs` is ours. */
interface GroupJson {
  readonly state?: unknown;
  readonly type?: unknown;
  readonly members?: unknown;
  readonly committed?: unknown;
  readonly share?: unknown;
  readonly epochs?: unknown;
}

/** `groups` of a line, by group id. */
export function parseGroups(json: unknown): Map<string, GroupSnapshot> {
  if (!isObject(json)) throw new Mismatch(json, 'an object by group', 'groups');
  const groups = new Map<string, GroupSnapshot>();
  for (const [group, entry] of Object.entries(json)) groups.set(group, parseGroup(entry, group));
  return groups;
}

function parseGroup(json: unknown, group: string): GroupSnapshot {
  if (!isObject(json)) throw new Mismatch(json, 'an object', 'groups', group);
  const { state, type, members, committed, share, epochs }: GroupJson = json;
  if (typeof state !== 'string') throw new Mismatch(state, 'a group state', 'groups', group, 'state');
  if (!isGroupType(type)) throw new Mismatch(type, `one of ${GROUP_TYPES.join(', ')}`, 'groups', group, 'type');
  const usual = {
    type,
    // A state that a later Kafka adds is no reason to refuse a recording.
    state: isGroupState(state) ? state : 'Unknown',
    members: parseMembers(members, group),
    committed: parseCommitted(committed, group),
  };
  // Nearly all are classic groups of one shape: spreading nothing into each would take longer than the rest.
  if (share === undefined && epochs === undefined) return usual;
  return {
    ...usual,
    ...(share === undefined ? {} : { share: parseShare(share, group) }),
    ...(epochs === undefined ? {} : { epochs: parseEpochs(epochs, group) }),
  };
}

const isGroupType = (value: unknown): value is GroupType => GROUP_TYPES.includes(value as GroupType);
const isGroupState = (value: unknown): value is GroupState => GROUP_STATES.includes(value as GroupState);

function parseCommitted(json: unknown, group: string): Map<string, readonly (number | null)[]> {
  if (!isObject(json)) throw new Mismatch(json, 'an object by topic', 'groups', group, 'committed');
  const committed = new Map<string, readonly (number | null)[]>();
  for (const [topic, offsets] of Object.entries(json)) {
    if (!Array.isArray(offsets)) {
      throw new Mismatch(offsets, 'an array by partition', 'groups', group, 'committed', topic);
    }
    for (let partition = 0; partition < offsets.length; partition++) {
      const offset: unknown = offsets[partition];
      if (!isWhole(offset)) offsets[partition] = parseOddOffset(offset, group, topic, partition);
    }
    committed.set(topic, offsets);
  }
  return committed;
}

function parseOddOffset(offset: unknown, group: string, topic: string, partition: number): null {
  // kafkajs commits a negative offset for a moment after an out-of-range reset: that is no position.
  if (offset === null || (Number.isSafeInteger(offset) && (offset as number) < 0)) return null;
  throw new Mismatch(offset, `${WHOLE}, or null`, 'groups', group, 'committed', topic, partition);
}

function parseShare(json: unknown, group: string): Map<string, (ShareProgress | null)[]> {
  if (!isObject(json)) throw new Mismatch(json, 'an object by topic', 'groups', group, 'share');
  const share = new Map<string, (ShareProgress | null)[]>();
  for (const [topic, partitions] of Object.entries(json)) {
    if (!Array.isArray(partitions)) {
      throw new Mismatch(partitions, 'an array by partition', 'groups', group, 'share', topic);
    }
    share.set(
      topic,
      partitions.map((progress: unknown, partition) =>
        progress === null ? null : parseProgress(progress, group, topic, partition),
      ),
    );
  }
  return share;
}

function parseProgress(json: unknown, group: string, topic: string, partition: number): ShareProgress {
  const path = ['groups', group, 'share', topic, partition] as const;
  if (!isObject(json)) throw new Mismatch(json, 'an object or null', ...path);
  const { start, lag }: { readonly start?: unknown; readonly lag?: unknown } = json;
  if (!isWhole(start)) throw new Mismatch(start, WHOLE, ...path, 'start');
  if (lag !== undefined && lag !== null && !isWhole(lag)) throw new Mismatch(lag, `${WHOLE}, or null`, ...path, 'lag');
  return { startOffset: start, lagMessages: lag ?? null };
}

function parseEpochs(json: unknown, group: string): { group: number; assignment: number } {
  const path = ['groups', group, 'epochs'] as const;
  if (!isObject(json)) throw new Mismatch(json, 'an object', ...path);
  const epochs: { readonly group?: unknown; readonly assignment?: unknown } = json;
  if (!isWhole(epochs.group)) throw new Mismatch(epochs.group, WHOLE, ...path, 'group');
  if (!isWhole(epochs.assignment)) throw new Mismatch(epochs.assignment, WHOLE, ...path, 'assignment');
  return { group: epochs.group, assignment: epochs.assignment };
}

/** The opposite of `parseGroups` for one group. */
export function renderGroup(group: GroupSnapshot): object {
  return {
    state: group.state,
    type: group.type,
    members: group.members?.map(renderMember) ?? null,
    committed: objectOf(group.committed, (offsets) => offsets),
    share: group.share && objectOf(group.share, (partitions) => partitions.map(renderProgress)),
    epochs: group.epochs,
  };
}

function renderProgress(progress: ShareProgress | null): object | null {
  return progress && { start: progress.startOffset, lag: progress.lagMessages };
}
