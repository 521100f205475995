import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../lambdas/config/cluster.ts';
import { scheduleMinutesOf } from '../lambdas/config/on-aws.ts';

/** Has each cluster read at its own interval; the scheduled time is the sample's slot. */
export class ClusterSchedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { clusters, snapshot }: { readonly clusters: readonly ClusterConfig[]; readonly snapshot: IFunction },
  ) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: 'sluicegate: EventBridge Scheduler invokes snapshot',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [snapshot.functionArn] }));
    for (const cluster of clusters) {
      new Schedule(this, cluster.name, {
        description: `sluicegate: reads ${cluster.name}`,
        schedule: everyMinutes(scheduleMinutesOf(cluster)),
        timeWindow: TimeWindow.off(),
        target: new LambdaInvoke(snapshot, {
          // The grant of the class would add every version and alias.
          role: role.withoutPolicyUpdates(),
          input: ScheduleTargetInput.fromObject({ cluster: cluster.name, slot: ContextAttribute.scheduledTime }),
          // The next slot comes anyway, and a late reading is worth nothing.
          retryAttempts: 0,
          maxEventAge: Duration.minutes(1),
        }),
      });
    }
  }
}

/** By the clock, not at a rate: a rate counts from the deployment, and each one would shift the slots. */
function everyMinutes(minutes: number): ScheduleExpression {
  if (minutes === 60) return ScheduleExpression.cron({ minute: '0' });
  return ScheduleExpression.cron({ minute: minutes === 1 ? '*' : `0/${minutes}` });
}
