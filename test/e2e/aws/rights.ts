import type { AwsCall } from './aws-calls.ts';
import type { Grant } from './synthesised-grants.ts';

/** What functions called beside what their roles allow. */
export interface Rights {
  readonly calls: readonly AwsCall[];
  readonly grants: readonly Grant[];
  /** Whether a resource of the template goes by this name or ARN where the functions ran. */
  readonly isNamed: (name: string, id: string) => boolean;
}

/** Calls that no grant covers, each in words. */
export const missingRights = ({ calls, grants, isNamed }: Rights): readonly string[] =>
  unique(
    calls
      .filter((call) => !grants.some((grant) => covers(call, grant, isNamed)))
      .map(({ function: name, action, resources }) => `${name}: ${action} on ${resources.join(', ')}`),
  );

/**
 * Grants that no call needed, each in words.
 * @param notCalled what a role needs without its function calling it, as `ACTION` or `ACTION of FUNCTION`
 */
export const unusedRights = ({ calls, grants, isNamed }: Rights, notCalled: ReadonlySet<string>): readonly string[] =>
  unique(
    grants
      .filter((grant) => !calls.some((call) => covers(call, grant, isNamed)))
      .filter(({ function: name, action }) => !notCalled.has(action) && !notCalled.has(`${action} of ${name}`))
      .map(({ function: name, action, resource }) => `${name}: ${action} on ${resource}`),
  );

const covers = (call: AwsCall, grant: Grant, isNamed: Rights['isNamed']): boolean =>
  call.function === grant.function &&
  call.action === grant.action &&
  call.resources.every((name) => isNamed(name, grant.resource) || isMatched(name, grant.resource));

/** IAM's own matching: `*` stands for any text, slashes and colons included. */
function isMatched(arn: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return arn === pattern;
  if (rest.length > 0) throw new Error(`${pattern} has more wildcards than this test can read`);
  return arn.length >= start.length + end.length && arn.startsWith(start) && arn.endsWith(end);
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
