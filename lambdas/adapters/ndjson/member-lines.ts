import type { Assignment, Member } from '../../core/cluster/group.ts';
import { isObject, isWhole, objectOf, WHOLE } from './json.ts';
import { Mismatch } from './mismatch.ts';

/** One entry of `members`. `rack`, `target` and `epoch` are ours. */
interface MemberJson {
  readonly id?: unknown;
  readonly client?: unknown;
  readonly host?: unknown;
  readonly instance?: unknown;
  readonly rack?: unknown;
  readonly assigned?: unknown;
  readonly target?: unknown;
  readonly epoch?: unknown;
}

/** `members` of a group. Absent or null: they could not be read. */
export function parseMembers(json: unknown, group: string): Member[] | null {
  if (json === undefined || json === null) return null;
  if (!Array.isArray(json)) throw new Mismatch(json, 'an array of members, or null', 'groups', group, 'members');
  return json.map((member: unknown, index) => parseMember(member, ['groups', group, 'members', index]));
}

function parseMember(json: unknown, path: readonly (string | number)[]): Member {
  if (!isObject(json)) throw new Mismatch(json, 'an object', ...path);
  const { id, client, host, instance, rack, assigned, target, epoch }: MemberJson = json;
  if (typeof id !== 'string') throw new Mismatch(id, 'a string', ...path, 'id');
  if (typeof client !== 'string') throw new Mismatch(client, 'a string', ...path, 'client');
  if (typeof host !== 'string') throw new Mismatch(host, 'a string', ...path, 'host');
  if (!isOptionalText(instance)) throw new Mismatch(instance, 'a string or null', ...path, 'instance');
  if (!isOptionalText(rack)) throw new Mismatch(rack, 'a string or null', ...path, 'rack');
  if (epoch !== undefined && !Number.isSafeInteger(epoch))
    throw new Mismatch(epoch, 'a whole number', ...path, 'epoch');
  const usual = {
    memberId: id,
    clientId: client,
    host,
    instanceId: instance ?? null,
    assigned: parseAssignment(assigned, path, 'assigned'),
  };
  // Most members tell no more: spreading nothing into each would take longer than the rest.
  if (rack === undefined && target === undefined && epoch === undefined) return usual;
  return {
    ...usual,
    ...(rack === undefined ? {} : { rackId: rack }),
    ...(target === undefined ? {} : { target: parseAssignment(target, path, 'target') }),
    // Negative epochs are Kafka's words for "joining" and "leaving".
    ...(epoch === undefined ? {} : { epoch: epoch as number }),
  };
}

function isOptionalText(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function parseAssignment(json: unknown, path: readonly (string | number)[], field: string): Assignment {
  if (!isObject(json)) throw new Mismatch(json, 'an object by topic', ...path, field);
  const assignment = new Map<string, readonly number[]>();
  for (const [topic, partitions] of Object.entries(json)) {
    if (!Array.isArray(partitions)) throw new Mismatch(partitions, 'an array of partitions', ...path, field, topic);
    assignment.set(topic, ascending(partitions, path, field, topic));
  }
  return assignment;
}

/** The same array when it is in order already, which nearly all are. */
function ascending(
  partitions: readonly unknown[],
  path: readonly (string | number)[],
  ...rest: readonly string[]
): readonly number[] {
  let previous = -1;
  let sorted = true;
  for (let index = 0; index < partitions.length; index++) {
    const partition = partitions[index];
    if (!isWhole(partition)) throw new Mismatch(partition, WHOLE, ...path, ...rest, index);
    if (partition < previous) sorted = false;
    previous = partition;
  }
  const numbers = partitions as readonly number[];
  return sorted ? numbers : numbers.toSorted((a, b) => a - b);
}

/** The opposite of `parseMembers` for one member. */
export function renderMember(member: Member): object {
  return {
    id: member.memberId,
    client: member.clientId,
    host: member.host,
    instance: member.instanceId,
    rack: member.rackId,
    assigned: objectOf(member.assigned, (partitions) => partitions),
    target: member.target && objectOf(member.target, (partitions) => partitions),
    epoch: member.epoch,
  };
}
