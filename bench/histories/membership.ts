import type { Fault, MemberPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { SimulatedGroup, SimulatedMember } from './simulated-group.ts';
import { within } from './simulated-topic.ts';

const SESSION_TIMEOUT_S = 45;
/** In a storm, each member is replaced after about so long, and few come back at once. */
const STORM_TURN_S = 37;
const STORM_RETURN_SHARE = 0.1;

/** Who comes and goes in this second, and who reads what afterwards. */
export function updateMembers(group: SimulatedGroup, second: number, faults: readonly Fault[], random: Random): void {
  const gone = faults.some(({ does }) => does.what === 'all-gone' || does.what === 'deleted');
  const storm = faults.some(({ does }) => does.what === 'storm');
  let changed = false;
  for (const [index, member] of group.members.entries()) {
    const wanted = !gone && isWanted(group.plan.members[index], second);
    const replaced = storm && second % STORM_TURN_S === (index * 11) % STORM_TURN_S;
    if (member.present && (!wanted || replaced)) {
      // A crash leaves a ghost until the session ends; a clean stop does not. Static members always look like a crash.
      const crashed = !replaced && (group.plan.staticMembers || (gone && index % 2 === 1));
      leave(group, index, crashed ? second + SESSION_TIMEOUT_S : null);
      changed = true;
    }
    if (member.ghost && second >= member.ghostUntil) {
      member.ghost = false;
      changed = true;
    }
    if (!member.present && wanted && (!storm || random.chance(STORM_RETURN_SHARE))) {
      join(member, `${group.plan.name}-app-${index}`, random);
      changed = true;
    }
  }
  const orphans = second % 60 === 0 && group.positions.some(({ owner, position }) => owner < 0 && position >= 0);
  if (changed) assign(group, second, group.plan.type === 'classic' ? random.whole(3, 9) : 2);
  else if (orphans) assign(group, second, 0);
  leaveUnowned(group, faults);
}

const isWanted = (plan: MemberPlan | undefined, second: number): boolean =>
  plan?.present.some((span) => within(second, span)) ?? false;

/** A clean stop commits what was done; a crash leaves a ghost until its session ends. */
function leave(group: SimulatedGroup, index: number, ghostUntil: number | null): void {
  const member = group.members[index];
  if (member === undefined) return;
  member.present = false;
  member.ghost = ghostUntil !== null;
  member.ghostUntil = ghostUntil ?? 0;
  if (ghostUntil !== null) return;
  for (const place of group.positions) if (place.owner === index) place.committed = place.position;
}

function join(member: SimulatedMember, clientId: string, random: Random): void {
  member.present = true;
  member.ghost = false;
  member.credit = 0;
  member.id = `${clientId}-${random.whole(0, 0xffffffff).toString(16).padStart(8, '0')}`;
  if (member.host === '' || random.chance(0.7)) member.host = `/10.0.${random.whole(0, 3)}.${random.whole(2, 250)}`;
}

/** In turn, over all that are listed; nobody reads anything until the rebalance is over. */
function assign(group: SimulatedGroup, second: number, pauseS: number): void {
  const there = group.members.flatMap((member, index) => (member.present || member.ghost ? [index] : []));
  let turn = 0;
  for (const place of group.positions) {
    place.owner = place.position < 0 ? -1 : (there[turn % Math.max(1, there.length)] ?? -1);
    if (place.position >= 0) turn += 1;
  }
  if (there.length > 0) group.rebalancingUntil = Math.max(group.rebalancingUntil, second + pauseS);
}

function leaveUnowned(group: SimulatedGroup, faults: readonly Fault[]): void {
  for (const { does } of faults) {
    if (does.what !== 'unowned') continue;
    for (const place of group.positions) {
      if (place.topic.plan.name === does.topic && place.partition === does.partition) place.owner = -1;
    }
  }
}
