import { expect, test } from 'vitest';
import { embeddedMetrics } from '../../../lambdas/adapters/metrics/embedded-metrics.ts';
import { aSnapshot, T0_MS } from '../../builders/snapshots.ts';
import { aGroupVerdict, aTroubledGroup } from '../../builders/verdict.ts';

function collected(groups: readonly RegExp[] = []) {
  const lines: unknown[] = [];
  const clock = { nowMs: () => T0_MS + 4_000 };
  const metrics = embeddedMetrics({ groups, clock, writeLine: (line) => lines.push(JSON.parse(line)) });
  return { metrics, lines };
}

const snapshot = aSnapshot({
  failures: [{ part: 'group', group: 'x', code: 'TIMEOUT', message: 'late' }],
});
const verdicts = [
  aGroupVerdict({ group: 'idle' }),
  aTroubledGroup('STALLED', { group: 'billing', lagMessages: 70, timeLag: { kind: 'atLeast', timeLagMs: 9_000 } }),
  aGroupVerdict({ group: 'unseen', status: 'UNKNOWN', lagMessages: null, timeLag: { kind: 'unknown' } }),
];

test('a sample is one line with five metrics of its cluster, whatever its groups', () => {
  const { metrics, lines } = collected();
  metrics.judged({ snapshot, verdicts });
  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: T0_MS,
        CloudWatchMetrics: [
          {
            Namespace: 'Sluicegate',
            Dimensions: [['cluster']],
            Metrics: [
              { Name: 'GroupsNotOk', Unit: 'Count' },
              { Name: 'LagMessagesMax', Unit: 'Count' },
              { Name: 'TimeLagMsMax', Unit: 'Milliseconds' },
              { Name: 'SampleAgeMs', Unit: 'Milliseconds' },
              { Name: 'ReadFailures', Unit: 'Count' },
            ],
          },
        ],
      },
      cluster: 'prod',
      GroupsNotOk: 1,
      LagMessagesMax: 70,
      TimeLagMsMax: 9_000,
      SampleAgeMs: 4_000,
      ReadFailures: 1,
    },
  ]);
});

test('what is not known is left out, and is no zero', () => {
  const { metrics, lines } = collected([/unseen/u]);
  metrics.judged({ snapshot, verdicts: verdicts.slice(2) });
  expect(lines).toHaveLength(1);
  expect(Object.keys(lines[0] as object)).toEqual(['_aws', 'cluster', 'GroupsNotOk', 'SampleAgeMs', 'ReadFailures']);
});

test('groups that the configuration names have lines of their own; a pattern matches whole ids', () => {
  const { metrics, lines } = collected([/bill.*/u, /idl/u, /é/u]);
  metrics.judged({ snapshot, verdicts: [...verdicts, aGroupVerdict({ group: 'é' })] });
  expect(lines.slice(1)).toMatchObject([{ cluster: 'prod', group: 'billing', LagMessages: 70, TimeLagMs: 9_000 }]);
});

test('a reading of which nothing came is one failure, and no sample', () => {
  const { metrics, lines } = collected();
  metrics.unread({ cluster: 'prod', slotMs: T0_MS });
  expect(lines).toMatchObject([{ _aws: { Timestamp: T0_MS }, cluster: 'prod', ReadFailures: 1 }]);
  expect(Object.keys(lines[0] as object)).toEqual(['_aws', 'cluster', 'ReadFailures']);
});
