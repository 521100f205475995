import { ArnFormat, Names, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import type { BundledFunction } from './bundled-function.ts';
import { acknowledgeWildcards } from './wildcards.ts';

/**
 * How the gate asks itself again, for callers that ask only once and then wait: a schedule for each question, which
 * deletes itself. They stand in a group of their own, so that the gate may make them there and nowhere else.
 */
export class GateSchedules extends Construct {
  constructor(scope: Construct, id: string, { gate }: { readonly gate: BundledFunction }) {
    super(scope, id);
    const stack = Stack.of(this);
    const scheduleGroupName = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    new ScheduleGroup(this, 'Group', { scheduleGroupName });
    const invokes = new Role(this, 'Role', {
      description: 'sluicegate: EventBridge Scheduler invokes gate',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    });
    const { functionArn } = gate.function;
    invokes.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
    const own = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${scheduleGroupName}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    const policy = new Policy(this, 'Policy', {
      roles: [gate.role],
      statements: [
        new PolicyStatement({ actions: ['scheduler:CreateSchedule'], resources: [own] }),
        new PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [invokes.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
        }),
      ],
    });
    acknowledgeWildcards(policy, [own], 'Schedules are named when they are made, in a group that holds nothing else.');
    gate.function.addEnvironment(ENV.gateScheduleRoleArn, invokes.roleArn);
    gate.function.addEnvironment(ENV.gateScheduleGroup, scheduleGroupName);
  }
}
