import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ACCOUNT, REGION } from '../../lambda-runtime/here.ts';

/** What a function's role may do, in the template's words. */
export interface Grant {
  readonly function: string;
  readonly action: string;
  /** The logical id of the resource, or an ARN that is written out, which may hold wildcards. */
  readonly resource: string;
}

const oneOrMore = <Shape extends z.ZodType>(shape: Shape) =>
  z.union([z.array(shape), shape.transform((one) => [one])]) as unknown as z.ZodType<z.output<Shape>[]>;

/** What is known at a deployment only, as these tests have it. */
const KNOWN: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
};

const part = z.union([
  z.string(),
  z.object({ Ref: z.string() }).transform(({ Ref }) => KNOWN[Ref] ?? Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((of) => of['Fn::GetAtt'][0]),
]);
const arn = z.union([
  part,
  z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(part)]) }).transform((of) => of['Fn::Join'][1].join('')),
]);

/** Services that know no resource for an action, but a condition in its place. */
const condition = z
  .object({ ArnEquals: z.object({ 'ecs:cluster': arn }) })
  .transform((of) => of.ArnEquals['ecs:cluster']);

const policy = z.object({
  Type: z.literal('AWS::IAM::Policy'),
  Properties: z.object({
    Roles: z.array(z.object({ Ref: z.string() })),
    PolicyDocument: z.object({
      Statement: z.array(
        z.object({
          Effect: z.literal('Allow'),
          Action: oneOrMore(z.string()),
          Resource: oneOrMore(arn),
          Condition: condition.optional().catch(undefined),
        }),
      ),
    }),
  }),
});

const lambda = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({
    Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
    Environment: z.object({ Variables: z.looseObject({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
  }),
});

/** Every grant of every function in a cloud assembly's stack. */
export function readGrants(folder: string): readonly Grant[] {
  const text = readFileSync(join(folder, 'Sluicegate.template.json'), 'utf8');
  const resources = Object.values<unknown>(JSON.parse(text).Resources);
  const parsed = <Shape extends z.ZodType>(shape: Shape, type: string): z.output<Shape>[] =>
    resources.filter((one) => (one as { readonly Type: string }).Type === type).map((one) => shape.parse(one));
  const names = new Map(
    parsed(lambda, 'AWS::Lambda::Function').map(({ Properties }) => [
      Properties.Role['Fn::GetAtt'][0],
      Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
    ]),
  );
  return parsed(policy, 'AWS::IAM::Policy').flatMap(({ Properties }) =>
    Properties.Roles.flatMap(({ Ref }) => {
      const name = names.get(Ref);
      // The scheduler's role is no function's.
      if (name === undefined) return [];
      return Properties.PolicyDocument.Statement.flatMap(({ Action, Resource, Condition }) =>
        Action.flatMap((action) =>
          Resource.map((resource) => ({ function: name, action, resource: Condition ?? resource })),
        ),
      );
    }),
  );
}
