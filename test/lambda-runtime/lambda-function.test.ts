import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { FunctionSpec } from './invocation.ts';
import { type LambdaFunction, lambdaFunction } from './lambda-function.ts';

const started: LambdaFunction[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});

/** A function whose event says what it does. */
function aFunction(spec: Partial<FunctionSpec> = {}): LambdaFunction {
  const one = lambdaFunction({
    name: 'fixture',
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:fixture',
    code: fileURLToPath(new URL('../fixtures/functions', import.meta.url)),
    handler: 'index.handler',
    environment: { SETTING: 'a b=c' },
    timeoutMs: 20_000,
    memoryMb: 128,
    ...spec,
  });
  started.push(one);
  return one;
}

test('one process takes one event after the other, with time left and its own environment only', async () => {
  const one = aFunction();
  for (const invocations of [1, 2, 3]) {
    const result = await one.invoke({ does: 'answer', n: invocations });
    expect(result).toMatchObject({
      kind: 'succeeded',
      payload: { event: { n: invocations }, invocations, setting: 'a b=c' },
    });
    expect(result.payload).not.toHaveProperty('path');
    expect(result.payload).toHaveProperty('remainingMs', expect.closeTo(20_000, -4));
  }
  expect(one.coldStarts()).toBe(1);
  await expect
    .poll(() => one.logLines())
    .toEqual(['invocation 1 does answer', 'invocation 2 does answer', 'invocation 3 does answer']);
});

test('concurrent events are taken by processes of their own', async () => {
  const one = aFunction();
  const results = await Promise.all([one.invoke({ does: 'answer' }), one.invoke({ does: 'answer' })]);
  expect(results.map(({ payload }) => payload)).toMatchObject([{ invocations: 1 }, { invocations: 1 }]);
  expect(one.coldStarts()).toBe(2);
});

test('an error is passed on, and its process lives on', async () => {
  const one = aFunction();
  expect(await one.invoke({ does: 'throw' })).toMatchObject({
    kind: 'failed',
    payload: { errorType: 'TypeError', errorMessage: 'no such cluster' },
  });
  expect(await one.invoke({ does: 'answer' })).toMatchObject({ payload: { invocations: 2 } });
});

test.each([
  { does: 'crash', errorType: 'Runtime.ExitError', says: 'exit status 7', timeoutMs: 20_000 },
  { does: 'hang', errorType: 'Sandbox.Timedout', says: 'Task timed out after 1.00 seconds', timeoutMs: 1_000 },
])('after a $does the next event finds a new process', async ({ does, errorType, says, timeoutMs }) => {
  const one = aFunction({ timeoutMs });
  expect(await one.invoke({ does })).toMatchObject({
    kind: 'failed',
    payload: { errorType, errorMessage: expect.stringContaining(says) },
  });
  expect(await one.invoke({ does: 'answer' })).toMatchObject({ kind: 'succeeded', payload: { invocations: 1 } });
  expect(one.coldStarts()).toBe(2);
});

test('a handler that can’t be loaded fails the event with its reason', async () => {
  expect(await aFunction({ handler: 'broken.handler' }).invoke({})).toMatchObject({
    kind: 'failed',
    payload: { errorType: 'RangeError', errorMessage: 'the table has no name' },
  });
  expect(await aFunction({ handler: 'index.other' }).invoke({})).toMatchObject({
    payload: { errorMessage: 'index.other is undefined or not exported' },
  });
});
