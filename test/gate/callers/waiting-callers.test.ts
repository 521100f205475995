import { ConflictException, CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { describe, expect, test } from 'vitest';
import { KINDS } from './waiting-kinds.ts';

describe.each(KINDS)('$name', ({ event, open, answers, done, onMistake, credential }) => {
  const anEvent = event('manual');

  test.each([
    'PROMOTE',
    'ROLLBACK',
  ] as const)('is told %s with one call, and not asked about again', async (decision) => {
    const { caller, told, schedules } = open(decision);
    expect(caller.isMine(anEvent)).toBe(true);
    await caller.answer(anEvent);
    expect(told()).toEqual([answers(decision, `${decision}: 7 of 10 seen`)]);
    expect(schedules()).toEqual([]);
  });

  test('is asked about again in a minute while it is not clear, until it is', async () => {
    const { caller, told, schedules, comesBack, say, wait } = open('CONTINUE');
    await caller.answer(anEvent);
    expect(told()).toEqual([]);
    expect(schedules()).toEqual([
      {
        Name: expect.stringMatching(/^ask-[0-9a-f]{40}$/),
        GroupName: 'sluicegate',
        ScheduleExpression: 'at(2026-01-01T00:01:00)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:gate',
          RoleArn: 'arn:aws:iam::123456789012:role/ask',
          Input: expect.any(String),
        },
      },
    ]);
    wait(60_000);
    const again = comesBack();
    expect(caller.isMine(again)).toBe(true);
    await caller.answer(again);
    say('PROMOTE');
    wait(60_000);
    await caller.answer(comesBack());
    expect(told()).toEqual([answers('PROMOTE', 'PROMOTE: 7 of 10 seen')]);
    expect(new Set(schedules().map(({ Name }) => Name)).size).toBe(2);
  });

  test('an event that is delivered twice is not asked about twice as often', async () => {
    const { caller, scheduler, schedules } = open('CONTINUE');
    await caller.answer(anEvent);
    scheduler
      .on(CreateScheduleCommand)
      .rejects(new ConflictException({ $metadata: {}, message: 'exists', Message: '' }));
    await caller.answer(anEvent);
    const [first, second] = schedules();
    expect(second?.Name).toBe(first?.Name);
  });

  test('what is not clear by the deadline is left to a human', async () => {
    const { caller, told, schedules, aside } = open('INCONCLUSIVE');
    await caller.answer(anEvent);
    expect([told(), schedules()]).toEqual([[], []]);
    expect(aside.lines.join('\n')).toContain('INCONCLUSIVE: 7 of 10 seen');
  });

  test('a failure of ours is no decision: it is waited out for ten minutes', async () => {
    const { caller, told, comesBack, schedules, wait, say } = open('ours');
    await caller.answer(anEvent);
    for (let minute = 1; minute < 10; minute += 1) {
      wait(60_000);
      await caller.answer(comesBack());
    }
    expect(told()).toEqual([]);
    expect(schedules()).toHaveLength(10);
    say('PROMOTE');
    wait(60_000);
    await caller.answer(comesBack());
    expect(told()).toHaveLength(1);
  });

  test('a mistake in the wiring is not asked about again', async () => {
    const { caller, told, schedules } = open('theirs');
    await caller.answer(anEvent);
    expect(schedules()).toEqual([]);
    expect(told()).toEqual(onMistake === 'nothing' ? [] : [answers(onMistake, expect.any(String))]);
  });

  test.each(
    done.map((error) => [error.name, error] as const),
  )('%s means that it was answered before', async (_, error) => {
    const { caller, refuse, told } = open('PROMOTE');
    refuse(error);
    await caller.answer(anEvent);
    expect(told()).toHaveLength(1);
  });

  test('any other failure to tell fails the invocation, which is then tried again', async () => {
    const { caller, refuse } = open('PROMOTE');
    refuse(new Error('no network'));
    await expect(caller.answer(anEvent)).rejects.toThrow('no network');
  });

  test('no credential of it is told to anybody', async () => {
    for (const said of ['PROMOTE', 'CONTINUE', 'ours', 'theirs'] as const) {
      const { caller, aside } = open(said);
      await caller.answer(anEvent);
      if (credential !== null) expect(aside.lines.join('\n')).not.toContain(credential);
    }
  });
});
