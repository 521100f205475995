import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { oneShotSchedules } from '../../lambdas/adapters/scheduler/one-shot-schedules.ts';

/** EventBridge Scheduler, which takes every schedule, where only its commands are seen. */
export function scriptedScheduler(region: string) {
  const scheduler = mockClient(SchedulerClient);
  scheduler.on(CreateScheduleCommand).resolves({});
  return {
    scheduler,
    later: oneShotSchedules(new SchedulerClient({ region }), {
      functionName: 'gate',
      roleArn: 'arn:aws:iam::123456789012:role/ask',
      scheduleGroup: 'sluicegate',
    }),
    /** What was asked for, in order. */
    schedules: () => scheduler.commandCalls(CreateScheduleCommand).map(({ args }) => args[0].input),
  };
}
