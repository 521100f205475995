import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { LagChecker } from '../../infra/lag-checker.ts';
import type { LagCheckerProps } from '../../infra/lag-checker-props.ts';
import type { ConfigInput } from '../../lambdas/config/config.ts';

export const aCluster = { name: 'prod', brokers: ['broker-1:9092'] };

/** The template of a stack that holds one LagChecker; nothing is bundled. */
export const lagCheckerTemplate = (...clusters: ConfigInput['clusters']): Template =>
  templateOf({ clusters: clusters.length === 0 ? [aCluster] : clusters });

type OtherProps = Omit<LagCheckerProps, 'config'>;

/** The same of a whole configuration, and of further props that may need the stack; `then` adds to it. */
export function templateOf(
  config: ConfigInput,
  others: (stack: Stack) => OtherProps = () => ({}),
  then: (lag: LagChecker, stack: Stack) => void = () => undefined,
): Template {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  try {
    const stack = new Stack(app, 'Lag');
    then(new LagChecker(stack, 'LagChecker', { config, ...others(stack) }), stack);
    return Template.fromStack(stack);
  } finally {
    rmSync(app.outdir, { recursive: true });
  }
}

const oneOrMore = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const policy = z.object({
  Properties: z.object({
    Roles: z.array(z.object({ Ref: z.string() })),
    PolicyDocument: z.object({ Statement: z.array(z.object({ Action: oneOrMore, Resource: z.unknown() })) }),
  }),
});

/** What the roles whose id begins so may do: by action, the resource as the template writes it. */
export function grantsOf(template: Template, roleId: string): Readonly<Record<string, unknown>> {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map((found) => policy.parse(found));
  const statements = policies
    .filter(({ Properties: { Roles } }) => Roles.some(({ Ref }) => Ref.startsWith(roleId)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return Object.fromEntries(statements.flatMap(({ Action, Resource }) => Action.map((action) => [action, Resource])));
}
