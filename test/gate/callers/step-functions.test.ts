import { ConflictException, CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { waitingTasks } from '../../../lambdas/adapters/step-functions/waiting-tasks.ts';
import { askedAgain } from '../../../lambdas/gate/callers/ask-again.ts';
import { stepFunctionsCaller } from '../../../lambdas/gate/callers/step-functions.ts';
import { requestsFor } from '../../../lambdas/gate/request.ts';
import { type Said, scriptedGate, toldAside } from '../../builders/scripted-gate.ts';
import { scriptedScheduler } from '../../builders/scripted-scheduler.ts';

const region = 'eu-west-1';
const taskToken = `AQC${'x'.repeat(900)}`;
const event = { taskToken, releaseId: 'billing-1' };

function aMachine(said: Said) {
  const scripted = scriptedGate(said);
  const states = mockClient(SFNClient);
  states.onAnyCommand().resolves({});
  const { scheduler, later, schedules } = scriptedScheduler(region);
  const tasks = waitingTasks(new SFNClient({ region }));
  const aside = toldAside();
  const parts = { gate: scripted.gate, requests: requestsFor(['prod']), tasks };
  const caller = askedAgain(stepFunctionsCaller(parts), { later, clock: scripted.clock, ...aside });
  const told = () => [
    ...states.commandCalls(SendTaskHeartbeatCommand).map(({ args }) => ['SendTaskHeartbeat', args[0].input]),
    ...states.commandCalls(SendTaskSuccessCommand).map(({ args }) => ['SendTaskSuccess', args[0].input]),
    ...states.commandCalls(SendTaskFailureCommand).map(({ args }) => ['SendTaskFailure', args[0].input]),
  ];
  return { ...scripted, caller, states, scheduler, told, schedules, aside };
}

const summary = (decision: string) => `${decision}: 7 of 10 seen`;
const success = [
  'SendTaskSuccess',
  { taskToken, output: JSON.stringify({ decision: 'PROMOTE', summary: summary('PROMOTE') }) },
];
const failure = ['SendTaskFailure', { taskToken, error: 'GateRollback', cause: summary('ROLLBACK') }];
const heartbeat = ['SendTaskHeartbeat', { taskToken }];

test.each<{ said: Said; calls: unknown[]; again: boolean }>([
  { said: 'PROMOTE', calls: [success], again: false },
  { said: 'ROLLBACK', calls: [failure], again: false },
  { said: 'CONTINUE', calls: [heartbeat], again: true },
  { said: 'INCONCLUSIVE', calls: [], again: false },
  { said: 'ours', calls: [], again: true },
])('a task with a token is told $said as the machine wants it, and asked about again: $again', async (row) => {
  const { caller, told, schedules } = aMachine(row.said);
  expect(caller.isMine(event)).toBe(true);
  await caller.answer(event);
  expect(told()).toEqual(row.calls);
  expect(schedules().length).toBe(row.again ? 1 : 0);
});

test('the same event twice asks no more often, and what comes back is told', async () => {
  const { caller, say, told, schedules, scheduler } = aMachine('CONTINUE');
  await caller.answer(event);
  scheduler
    .on(CreateScheduleCommand)
    .rejects(new ConflictException({ $metadata: {}, Message: 'there is one', message: 'there is one' }));
  await caller.answer(event);
  const [first, second] = schedules();
  expect(first?.Name).toBe(second?.Name);
  say('PROMOTE');
  await caller.answer(JSON.parse(first?.Target?.Input ?? ''));
  expect(told()).toEqual([heartbeat, heartbeat, success]);
});

test.each([
  new TaskTimedOut({ $metadata: {}, message: 'timed out' }),
  new TaskDoesNotExist({ $metadata: {}, message: 'there is none' }),
  new InvalidToken({ $metadata: {}, message: 'expired' }),
])('a token that nobody waits behind any more ($name) is done', async (gone) => {
  const { caller, states, say, schedules, aside } = aMachine('CONTINUE');
  states.onAnyCommand().rejects(gone);
  await caller.answer(event);
  expect(schedules()).toEqual([]);
  say('ROLLBACK');
  await expect(caller.answer(event)).resolves.toBeUndefined();
  expect(aside.lines.join('\n')).not.toContain(taskToken);
});

test('a release that nobody started fails the task; a failure of ours for good leaves it to its timeout', async () => {
  const mistaken = aMachine('theirs');
  await mistaken.caller.answer(event);
  expect(mistaken.told()).toMatchObject([['SendTaskFailure', { error: 'GateRollback' }]]);
  const failing = aMachine('ours');
  let input: unknown = event;
  for (let minute = 0; minute <= 10; minute++) {
    await failing.caller.answer(input);
    input = JSON.parse(failing.schedules().at(-1)?.Target?.Input ?? '');
    failing.wait(60_000);
  }
  expect(failing.told()).toEqual([]);
  expect(failing.schedules()).toHaveLength(10);
});

test('a release is named by its execution as well; anything else is refused', async () => {
  const { caller, asked } = aMachine('PROMOTE');
  await caller.answer({ taskToken, group: 'billing', executionId: 'x-1' });
  expect(asked).toEqual([{ what: 'judge', with: { cluster: 'prod', group: 'billing', executionId: 'x-1' } }]);
  await expect(caller.answer({ taskToken })).rejects.toMatchObject({ code: 'EVENT_INVALID' });
});
