import { type ExecutionEnvironment, startExecutionEnvironment } from './execution-environment.ts';
import type { FunctionSpec, InvocationResult } from './invocation.ts';

/** A function on this machine, as Lambda runs it: an idle process is taken again, a busy one is joined by another. */
export interface LambdaFunction {
  readonly spec: FunctionSpec;
  invoke(event: unknown): Promise<InvocationResult>;
  /** How many processes were started so far: its cold starts. */
  coldStarts(): number;
  /** Everything that its processes wrote. */
  logLines(): readonly string[];
  stop(): Promise<void>;
}

export function lambdaFunction(spec: FunctionSpec): LambdaFunction {
  const idle: ExecutionEnvironment[] = [];
  const running = new Set<ExecutionEnvironment>();
  const lines: string[] = [];
  let coldStarts = 0;
  return {
    spec,
    coldStarts: () => coldStarts,
    logLines: () => lines,
    invoke: async (event) => {
      let environment = idle.pop();
      if (environment === undefined) {
        coldStarts += 1;
        environment = await startExecutionEnvironment(spec, (line) => lines.push(line));
      }
      running.add(environment);
      const result = await environment.invoke(event);
      running.delete(environment);
      if (environment.isUsable()) idle.push(environment);
      return result;
    },
    stop: async () => {
      await Promise.all([...idle, ...running].map((environment) => environment.stop()));
    },
  };
}
