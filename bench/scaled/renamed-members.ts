import { hash } from 'node:crypto';
import type { Assignment, GroupSnapshot, Member } from '../../lambdas/core/cluster/group.ts';

type Members = GroupSnapshot['members'];

/** The members of a clone: ids and hosts of their own, since nothing else would be random in a real cluster. */
export function renamedMembers(clone: number, renamed: (topic: string) => string): (members: Members) => Members {
  /** Members change seldom: the last list of each recorded one is kept. */
  const known = new WeakMap<object, Members>();
  const assigned = (assignment: Assignment): Assignment =>
    new Map(Array.from(assignment, ([topic, partitions]) => [renamed(topic), partitions]));
  return (members) => {
    if (members === null) return null;
    const own = known.get(members) ?? members.map((member) => renamedMember(member, clone, assigned));
    known.set(members, own);
    return own;
  };
}

function renamedMember(member: Member, clone: number, assigned: (of: Assignment) => Assignment): Member {
  const clientId = `${member.clientId}-${clone}`;
  const digits = hash('sha1', `${clone} ${member.memberId}`);
  const uuid = [8, 12, 16, 20, 32].map((end, index) => digits.slice([0, 8, 12, 16, 20][index], end)).join('-');
  const place = hash('sha1', `${clone} ${member.host}`, 'buffer');
  return {
    ...member,
    memberId: `${clientId}-${uuid}`,
    clientId,
    host: `/10.${place[0]}.${place[1]}.${place[2]}`,
    assigned: assigned(member.assigned),
    ...(member.target === undefined ? {} : { target: assigned(member.target) }),
  };
}
