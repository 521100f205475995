import type { ReadFailure } from '../cluster/snapshot.ts';
import { durationText } from '../quantity.ts';
import type { Reason } from '../status/verdict.ts';
import type { IncidentSettings } from './incident-settings.ts';
import { type Finding, NO_EVIDENCE } from './observation.ts';

const GROUPS_NAMED = 5;

/** With a broker down two groups in trouble have one cause. */
const GROUPS_WITHOUT_A_BROKER = 2;

/**
 * The cluster as a whole at one slot: STORM when so many groups have got into trouble that one cause is likelier than
 * many, else UNREADABLE when parts could not be read, else well.
 *
 * @param troubled the groups that got into trouble lately
 */
export function clusterFinding(
  { troubled, failures }: { readonly troubled: readonly string[]; readonly failures: readonly ReadFailure[] },
  { groups, withinMs }: IncidentSettings['storm'],
): Finding {
  const brokerDown = failures.some(({ part }) => part === 'broker');
  if (troubled.length >= (brokerDown ? Math.min(groups, GROUPS_WITHOUT_A_BROKER) : groups)) {
    return { ...NO_EVIDENCE, status: 'ERR', kind: 'STORM', reason: stormReason(troubled, failures, withinMs) };
  }
  const [first] = failures;
  if (first === undefined) return { ...NO_EVIDENCE, status: 'OK' };
  const { message, code } = first;
  return unreadableFinding(`${failedText(failures)} can't be read; the first: ${message} (${code})`, failures.length);
}

/** Nothing of the cluster could be read. @param why in words */
export const unreadFinding = (why: string): Finding => unreadableFinding(`the cluster can't be read: ${why}`, 0);

const unreadableFinding = (sentence: string, failures: number): Finding => ({
  ...NO_EVIDENCE,
  kind: 'UNREADABLE',
  reason: { rule: 'unreadable', numbers: { failures }, sentence },
});

function stormReason(troubled: readonly string[], failures: readonly ReadFailure[], withinMs: number): Reason {
  const more = troubled.length - GROUPS_NAMED;
  const names = troubled.slice(0, GROUPS_NAMED).join(', ');
  const unread = failures.length === 0 ? '' : `; ${failedText(failures)} can't be read`;
  return {
    rule: 'storm',
    numbers: { groups: troubled.length, failures: failures.length },
    sentence:
      `${troubled.length} groups got into trouble within ${durationText(withinMs)}: ` +
      `${names}${more > 0 ? ` and ${more} more` : ''}${unread}`,
  };
}

const PARTS = [
  { part: 'broker', one: 'broker', many: 'brokers' },
  { part: 'group', one: 'group', many: 'groups' },
  { part: 'members', one: "group's members", many: "groups' members" },
  { part: 'partition', one: 'partition', many: 'partitions' },
] as const;

/** `1 broker, 12 partitions`. */
const failedText = (failures: readonly ReadFailure[]): string =>
  PARTS.flatMap(({ part, one, many }) => {
    const count = failures.filter((failed) => failed.part === part).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  }).join(', ');
