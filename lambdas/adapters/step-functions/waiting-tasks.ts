import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

/** Of the environment's region and credentials. */
export const stepFunctionsClient = (): SFNClient =>
  new SFNClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });

/** Tasks of a state machine that wait for a call with their token. `gone`: nobody waits any more. */
export interface WaitingTasks {
  succeed(taskToken: string, output: object): Promise<'told' | 'gone'>;
  fail(taskToken: string, failure: { readonly error: string; readonly cause: string }): Promise<'told' | 'gone'>;
  /** Keeps a task with a heartbeat timeout waiting. */
  heartbeat(taskToken: string): Promise<'told' | 'gone'>;
}

export const waitingTasks = (client: SFNClient): WaitingTasks => ({
  succeed: (taskToken, output) =>
    unlessGone(() => client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  fail: (taskToken, failure) => unlessGone(() => client.send(new SendTaskFailureCommand({ taskToken, ...failure }))),
  heartbeat: (taskToken) => unlessGone(() => client.send(new SendTaskHeartbeatCommand({ taskToken }))),
});

async function unlessGone(send: () => Promise<unknown>): Promise<'told' | 'gone'> {
  try {
    await send();
    return 'told';
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return 'gone';
    throw error;
  }
}
