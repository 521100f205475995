import { expect, test } from 'vitest';
import { outcomeOf, outcomeText } from '../../../lambdas/core/rollback/rollback-outcome.ts';
import { planRollback } from '../../../lambdas/core/rollback/rollback-plan.ts';
import { aGroup, aLog, aSnapshot } from '../../builders/snapshots.ts';

const marker = {
  atMs: 1_000,
  partitions: [0, 1].map((partition) => ({
    topic: 'orders',
    partition,
    committedOffset: 100,
    log: { startOffset: 0, endOffset: 120 },
  })),
};

const readingOf = (committed: (number | null)[], group = aGroup({ state: 'Empty' })) =>
  aSnapshot({
    topics: new Map([['orders', [aLog(200), aLog(200)]]]),
    groups: new Map([['billing', { ...group, committed: new Map([['orders', committed]]) }]]),
  });

const plan = planRollback('billing', marker, readingOf([150, 160]));
const answersWith = (...errors: (string | null)[]) =>
  errors.map((error, partition) => ({ topic: 'orders', partition, offset: 100, error }));

test('it is applied when every offset was taken and is there', () => {
  const outcome = outcomeOf(plan, answersWith(null, null), readingOf([100, 100]));
  expect(outcome.kind).toBe('applied');
  expect(outcomeText(outcome)).toBe(
    '2 partitions of group "billing" went back, with 110 messages to be read again; read back, every offset is there',
  );
});

test('a member that joined just before makes Kafka refuse all: nothing was changed', () => {
  const alive = readingOf([151, 160], aGroup({ state: 'Stable', members: [] }));
  const outcome = outcomeOf(plan, answersWith('UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID'), alive);
  expect(outcome).toMatchObject({ kind: 'refused', obstacles: [{ kind: 'notEmpty', state: 'Stable', members: 0 }] });
});

test('a right that is missing for all of it is a refusal that names the right', () => {
  const outcome = outcomeOf(
    plan,
    answersWith('GROUP_AUTHORIZATION_FAILED', 'GROUP_AUTHORIZATION_FAILED'),
    readingOf([150, 160]),
  );
  expect(outcomeText(outcome)).toBe(
    'group "billing" was left as it is: Kafka refused every offset: GROUP_AUTHORIZATION_FAILED (grant this principal Read on the group)',
  );
});

test.each([
  {
    why: 'one topic may not be read by the principal',
    answers: answersWith(null, 'TOPIC_AUTHORIZATION_FAILED'),
    after: readingOf([100, 160]),
    says: '1 partition of 2 did not go back: orders/1: TOPIC_AUTHORIZATION_FAILED (grant this principal Read on the topic)',
  },
  {
    why: 'a consumer came at once, and read on',
    answers: answersWith(null, null),
    after: readingOf([100, 104]),
    says: '1 partition of 2 did not go back: orders/1 stands at 104 and not at 100',
  },
  {
    why: 'nobody answers any more',
    answers: answersWith(null, null),
    after: null,
    says: '2 partitions of 2 did not go back: orders/0 was taken, and could not be read back; orders/1 was taken, and could not be read back',
  },
  {
    why: 'the answer left one out',
    answers: answersWith('MALFORMED_RESPONSE', null),
    after: readingOf([150, 100]),
    says: '1 partition of 2 did not go back: orders/0: MALFORMED_RESPONSE',
  },
])('it went back partly when $why', ({ answers, after, says }) => {
  const outcome = outcomeOf(plan, answers, after);
  expect(outcome.kind).toBe('partly');
  expect(outcomeText(outcome)).toBe(says);
});
