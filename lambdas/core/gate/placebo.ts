import type { Member } from '../cluster/group.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { Release } from '../release/release.ts';
import type { Judgement } from './judgement.ts';
import { openJudgement } from './open-judgement.ts';
import type { GateSettings } from './settings.ts';

/** A release that never was, at a time when nothing was deployed: whatever the gate finds there is a false alarm. */
export interface Placebo {
  readonly release: Release;
  /** Takes the next snapshot. Null: not decided yet. `void`: at its start nobody was there to play the new version. */
  observe(snapshot: ClusterSnapshot): Judgement | 'void' | null;
}

/** Every member of a placebo's new version begins with it. */
const MARK = 'placebo:';

/**
 * From the start on, members are shown under other names: all of them for a `rolling` placebo, one for a `canary`.
 * `turn` picks the canary, so that each member plays it in turn.
 */
export function openPlacebo(
  of: {
    readonly group: string;
    readonly strategy: 'canary' | 'rolling';
    readonly startedAtMs: number;
    readonly turn: number;
  },
  deadlineMs: number,
  settings: GateSettings,
): Placebo {
  const release: Release = {
    id: `placebo-${of.turn}`,
    group: of.group,
    strategy: of.strategy,
    startedAtMs: of.startedAtMs,
    canary: { client: `^${MARK}`, instance: null, host: null },
    deadlineMs,
  };
  const run = openJudgement(release, settings);
  let actor: string | null = null;
  return {
    release,
    observe(snapshot) {
      const members = snapshot.groups.get(of.group)?.members ?? [];
      if (snapshot.atMs < of.startedAtMs) return decided(run.observe(snapshot));
      if (actor === null && members.length === 0) return 'void';
      const places = placesOf(members);
      actor ??= [...places.values()].toSorted()[of.turn % places.size] ?? null;
      const isActor = (member: Member): boolean => of.strategy === 'rolling' || places.get(member) === actor;
      return decided(run.observe(withRenamed(snapshot, of.group, isActor)));
    },
  };
}

const decided = (judgement: Judgement): Judgement | null => (judgement.decision === 'CONTINUE' ? null : judgement);

/** Where each member sits: what stays the same over its restarts. */
function placesOf(members: readonly Member[]): Map<Member, string> {
  const isShared = new Set(members.map(({ clientId }) => clientId)).size < members.length;
  const placeOf = ({ clientId, host }: Member): string => (isShared ? `${clientId} at ${host}` : clientId);
  return new Map(members.map((member) => [member, member.instanceId ?? placeOf(member)]));
}

function withRenamed(snapshot: ClusterSnapshot, name: string, isActor: (member: Member) => boolean): ClusterSnapshot {
  const group = snapshot.groups.get(name);
  if (!group?.members) return snapshot;
  const members = group.members.map((member) =>
    isActor(member) ? { ...member, memberId: MARK + member.memberId, clientId: MARK + member.clientId } : member,
  );
  return { ...snapshot, groups: new Map([...snapshot.groups, [name, { ...group, members }]]) };
}
