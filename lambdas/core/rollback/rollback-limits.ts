import { countText } from '../quantity.ts';
import type { LeftWhy } from './plan-partition.ts';
import { type RollbackObstacle, type RollbackPlan, resetsOf } from './rollback-plan.ts';

/** Something that a rollback of offsets does not undo. Codes are stable; docs/rollback.md explains each. */
export interface RollbackLimit {
  readonly code: 'HANDLED_TWICE' | 'DELETED' | 'NOTHING_MARKED' | 'NEW_TOPIC' | 'OTHER_LOG' | 'GONE' | 'STATE_STORES';
  readonly sentence: string;
}

/** What a plan adds up to. */
export interface RollbackTotals {
  readonly resetPartitions: number;
  readonly rereadMessages: number;
  readonly lostMessages: number;
}

export function totalsOf(plan: RollbackPlan): RollbackTotals {
  const resets = resetsOf(plan);
  return {
    resetPartitions: resets.length,
    rereadMessages: resets.reduce((sum, { rereadMessages }) => sum + (rereadMessages ?? 0), 0),
    lostMessages: resets.reduce((sum, { lostMessages }) => sum + lostMessages, 0),
  };
}

/** All that stays as it is although the offsets go back, the gravest first. */
export function limitsOf(plan: RollbackPlan): readonly RollbackLimit[] {
  const { rereadMessages, lostMessages } = totalsOf(plan);
  const limits: RollbackLimit[] = [];
  if (rereadMessages > 0) {
    const sentence = `${messages(rereadMessages)} will be handled a second time: what the new version did with them stays done`;
    limits.push({ code: 'HANDLED_TWICE', sentence });
  }
  if (lostMessages > 0) {
    const sentence = `retention has deleted ${messages(lostMessages)} after the marker: nobody can read them again`;
    limits.push({ code: 'DELETED', sentence });
  }
  for (const why of LEFT_ORDER) {
    const places = plan.partitions.filter((planned) => planned.kind === 'left' && planned.why === why);
    if (places.length === 0) continue;
    const names = places.map(({ topic, partition }) => `${topic}/${partition}`);
    limits.push({ code: LEFT[why].code, sentence: `${shortList(names)}: ${LEFT[why].sentence}` });
  }
  if (plan.groupType === 'streams') {
    const sentence = 'state stores and changelog topics of a Kafka Streams application do not go back with its offsets';
    limits.push({ code: 'STATE_STORES', sentence });
  }
  return limits;
}

const LEFT_ORDER: readonly LeftWhy[] = ['nothingMarked', 'otherLog', 'newTopic', 'gone'];

const LEFT: Readonly<Record<LeftWhy, RollbackLimit>> = {
  nothingMarked: {
    code: 'NOTHING_MARKED',
    sentence: 'nothing was committed at the marker, so the commit made since stays; the old version goes on from there',
  },
  otherLog: {
    code: 'OTHER_LOG',
    sentence: 'the log ends before the marker (topic made anew, or truncated), so its commit stays',
  },
  newTopic: { code: 'NEW_TOPIC', sentence: 'the marker does not have the topic, so its commit stays' },
  gone: { code: 'GONE', sentence: 'the partition exists no more' },
};

/** What stands in the way, and what to do about it. */
export function obstacleText(obstacle: RollbackObstacle): string {
  switch (obstacle.kind) {
    case 'shareGroup':
      return 'it is a share group, which has no committed offsets: reset it with kafka-share-groups.sh';
    case 'notEmpty': {
      const { state, members } = obstacle;
      const count = members === null ? 'members' : members === 1 ? '1 member' : `${countText(members)} members`;
      return `it has ${count} (state ${state}): stop every consumer of the group, wait until it is Empty, and try again`;
    }
    case 'brokerRefused':
      return `Kafka refused every offset: ${obstacle.errors.map((error) => error + adviceFor(error)).join(', ')}`;
    case 'unread':
      return `${obstacle.what}: nothing is committed while it is not known where the group stands`;
  }
}

/** The right that is missing, where it is one. */
export function adviceFor(error: string): string {
  if (error === 'TOPIC_AUTHORIZATION_FAILED') return ' (grant this principal Read on the topic)';
  if (error === 'GROUP_AUTHORIZATION_FAILED') return ' (grant this principal Read on the group)';
  return '';
}

const messages = (count: number): string => (count === 1 ? '1 message' : `${countText(count)} messages`);

const SHOWN_MAX = 5;

const shortList = (names: readonly string[]): string =>
  names.length <= SHOWN_MAX
    ? names.join(', ')
    : `${names.slice(0, SHOWN_MAX).join(', ')} and ${countText(names.length - SHOWN_MAX)} more`;
