import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { DeployGate } from '../../infra/deploy-gate.ts';
import { ADVICE_OF } from '../../lambdas/core/incident/advice.ts';
import { aCluster, templateOf } from '../builders/lag-checker-template.ts';

const alarm = z.object({ Properties: z.object({ AlarmName: z.string(), AlarmDescription: z.string() }) });

test('every alarm and every kind of incident has its section in docs/runbook.md, and no other section is there', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-a1b2c3';
  const template = templateOf(
    {
      clusters: [aCluster, { ...aCluster, name: 'other-one' }],
      notices: { slack: { webhook: { secretArn } } },
    },
    undefined,
    (lagChecker, stack) => new DeployGate(stack, 'Gate', { lagChecker }),
  );
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    (found) => alarm.parse(found).Properties,
  );
  const sections = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, heading = '']) => heading,
  );
  const names = alarms.map(({ AlarmName }) => AlarmName.split('-')[1] ?? '');
  const kinds = Object.keys(ADVICE_OF);
  expect([...new Set([...names, ...kinds])].toSorted()).toEqual(sections.toSorted());
  for (const { AlarmName, AlarmDescription } of alarms) {
    expect(AlarmDescription).toContain(`docs/runbook.md#${AlarmName.split('-')[1]?.toLowerCase()}`);
  }
});
