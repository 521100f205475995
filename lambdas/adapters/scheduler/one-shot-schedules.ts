import { hash } from 'node:crypto';
import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { AskLater } from '../../core/ports/ask-later.ts';

/** Of the environment's region and credentials. */
export const schedulerClient = (): SchedulerClient =>
  new SchedulerClient({
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });

export interface ScheduleTarget {
  /** In this account and the client's region. */
  readonly functionName: string;
  /** Of the role by which the scheduler invokes it. */
  readonly roleArn: string;
  readonly scheduleGroup: string;
}

/** A schedule for each question, which EventBridge Scheduler deletes once it has fired. */
export const oneShotSchedules = (client: SchedulerClient, target: ScheduleTarget): AskLater => ({
  async ask({ name, atMs, event }) {
    const { functionName, roleArn, scheduleGroup } = target;
    const region = await client.config.region();
    try {
      await client.send(
        new CreateScheduleCommand({
          Name: scheduleName(name),
          GroupName: scheduleGroup,
          // To the second, without milliseconds and zone: the zone stands beside it.
          ScheduleExpression: `at(${new Date(atMs).toISOString().slice(0, 19)})`,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: { Arn: functionArn(functionName, roleArn, region), RoleArn: roleArn, Input: JSON.stringify(event) },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
  },
});

/** A function cannot be told its own ARN by its stack; the role's has the account and the partition. */
function functionArn(name: string, roleArn: string, region: string): string {
  const [arn, partition, , , account] = roleArn.split(':');
  return [arn, partition, 'lambda', region, account, 'function', name].join(':');
}

/** Names may hold 64 characters of few kinds; a digest is as good as the name. */
const scheduleName = (name: string): string => `ask-${hash('sha256', name).slice(0, 40)}`;
