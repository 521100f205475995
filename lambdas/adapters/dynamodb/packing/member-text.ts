import type { Assignment, Member } from '../../../core/cluster/group.ts';

/** An assignment as JSON: pairs of topic and partitions, by topic name. */
type AssignmentJson = readonly (readonly [string, readonly number[]])[];

/** A member as JSON. Keys are short because every group's members are written each hour; absent stays absent. */
export interface MemberJson {
  readonly m: string;
  readonly c: string;
  readonly h: string;
  readonly i?: string;
  readonly r?: string | null;
  readonly a: AssignmentJson;
  readonly t?: AssignmentJson;
  readonly e?: number;
}

export const memberJson = ({ memberId, clientId, host, instanceId, rackId, assigned, target, epoch }: Member) => ({
  m: memberId,
  c: clientId,
  h: host,
  ...(instanceId === null ? {} : { i: instanceId }),
  ...(rackId === undefined ? {} : { r: rackId }),
  a: byName(assigned),
  ...(target === undefined ? {} : { t: byName(target) }),
  ...(epoch === undefined ? {} : { e: epoch }),
});

export function memberOf({ m, c, h, i, r, a, t, e }: MemberJson): Member {
  const member = { memberId: m, clientId: c, host: h, instanceId: i ?? null, assigned: new Map(a) };
  // Classic members have no more, and a spread takes as long as all of the rest.
  if (r === undefined && t === undefined && e === undefined) return member;
  return {
    ...member,
    ...(r === undefined ? {} : { rackId: r }),
    ...(t === undefined ? {} : { target: new Map(t) satisfies Assignment }),
    ...(e === undefined ? {} : { epoch: e }),
  };
}

/** Sorted, so that two readings of the same thing are the same text. */
export const byName = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
