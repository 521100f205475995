import { arnHere } from './here.ts';
import type { InvocationResult } from './invocation.ts';
import { type LambdaFunction, lambdaFunction } from './lambda-function.ts';
import type { EnvironmentValue, SynthesisedStack } from './synthesised-stack.ts';

/** A stack's functions on this machine, connected as the template says. */
export interface RunningStack {
  /** By logical id. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  /** What EventBridge Scheduler does when a cluster's schedule is due, and Lambda after it. */
  fireSchedule(cluster: string, slotMs: number): Promise<Firing>;
  stop(): Promise<void>;
}

/** A scheduled invocation, and that of its destination. */
export interface Firing {
  readonly scheduled: InvocationResult;
  readonly destination: InvocationResult;
}

/**
 * @param names by logical id, the names or ARNs of resources that functions have in their environment
 * @param environment what Lambda itself would set, and where the services are
 */
export function runStack(
  stack: SynthesisedStack,
  names: ReadonlyMap<string, string>,
  environment: Readonly<Record<string, string>>,
): RunningStack {
  const variable = (value: EnvironmentValue): string =>
    value
      .map((part) => {
        // A function is called by its id here.
        const found =
          typeof part === 'string' ? part : (names.get(part.ref) ?? (stack.functions.has(part.ref) ? part.ref : null));
        if (found === null) throw new Error(`nothing stands for ${JSON.stringify(part)}`);
        return found;
      })
      .join('');
  const functions = new Map(
    [...stack.functions].map(([id, { environment: variables, ...spec }]) => {
      const own = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, variable(value)]));
      const arn = arnHere('lambda', `function:${id}`);
      // What the stack says of Node adds to what is loaded into it here.
      const options = [environment, own].flatMap(({ NODE_OPTIONS = '' }) =>
        NODE_OPTIONS === '' ? [] : [NODE_OPTIONS],
      );
      const all = { ...environment, ...own, NODE_OPTIONS: options.join(' ') };
      return [id, lambdaFunction({ ...spec, name: id, arn, environment: all })];
    }),
  );
  const invoke = (id: string, event: unknown): Promise<InvocationResult> => {
    const one = functions.get(id);
    if (one === undefined) throw new Error(`the stack has no function ${id}`);
    return one.invoke(event);
  };
  return {
    functions,
    stop: async () => {
      await Promise.all([...functions.values()].map((one) => one.stop()));
    },
    fireSchedule: async (cluster, slotMs) => {
      const { functionId, event } = scheduledEvent(stack, cluster, slotMs);
      const scheduled = await invoke(functionId, event);
      const next = stack.destinations.get(functionId);
      if (next === undefined) throw new Error(`${functionId} hands over to nobody`);
      const target = scheduled.kind === 'succeeded' ? next.onSuccess : next.onFailure;
      return { scheduled, destination: await invoke(target, destinationRecord(functionId, event, scheduled)) };
    },
  };
}

/** The input of the cluster's schedule, its placeholder filled as Scheduler writes times: without milliseconds. */
function scheduledEvent({ schedules }: SynthesisedStack, cluster: string, slotMs: number) {
  const scheduledTime = new Date(slotMs).toISOString().replace('.000Z', 'Z');
  for (const { functionId, input } of schedules) {
    const event = JSON.parse(input.replaceAll('<aws.scheduler.scheduled-time>', scheduledTime));
    if (event.cluster === cluster) return { functionId, event };
  }
  throw new Error(`no schedule reads ${cluster}`);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function destinationRecord(functionId: string, event: unknown, { kind, payload }: InvocationResult): unknown {
  const failed = kind === 'failed';
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: crypto.randomUUID(),
      functionArn: arnHere('lambda', `function:${functionId}:$LATEST`),
      condition: failed ? 'RetriesExhausted' : 'Success',
      approximateInvokeCount: 1,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(failed ? { functionError: 'Unhandled' } : {}) },
    responsePayload: payload,
  };
}
