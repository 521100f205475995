import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What of a synthesised stack can run on this machine, by logical id. */
export interface SynthesisedStack {
  readonly functions: ReadonlyMap<string, SynthesisedFunction>;
  readonly schedules: readonly { readonly functionId: string; readonly input: string }[];
  /** By the id of the function whose outcome they take. */
  readonly destinations: ReadonlyMap<string, { readonly onSuccess: string; readonly onFailure: string }>;
  readonly table: { readonly id: string; readonly schema: TableSchema };
  readonly topicIds: readonly string[];
  readonly secretIds: readonly string[];
  readonly roleIds: readonly string[];
}

export interface SynthesisedFunction {
  readonly code: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
}

/** Texts, and ids of resources whose name or ARN will stand there. */
export type EnvironmentValue = readonly (string | { readonly ref: string })[];

const ref = z.object({ Ref: z.string() }).transform(({ Ref }) => ({ ref: Ref }));
const arnOf = z
  .object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
  .transform((of) => of['Fn::GetAtt'][0]);
const textOrRef = z.union([z.string(), ref, arnOf.transform((id) => ({ ref: id }))]);
const environmentValue = z.union([
  textOrRef.transform((one): EnvironmentValue => [one]),
  z
    .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(textOrRef)]) })
    .transform((of): EnvironmentValue => of['Fn::Join'][1]),
]);
const lambdaResource = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({
    Handler: z.string(),
    Timeout: z.number(),
    MemorySize: z.number(),
    Environment: z.object({ Variables: z.record(z.string(), environmentValue) }),
  }),
  Metadata: z.object({ 'aws:asset:path': z.string() }),
});

const scheduleResource = z.object({
  Type: z.literal('AWS::Scheduler::Schedule'),
  Properties: z.object({ Target: z.object({ Arn: arnOf, Input: z.string() }) }),
});

const destination = z.object({ Destination: arnOf }).transform(({ Destination }) => Destination);
const invokeConfigResource = z.object({
  Type: z.literal('AWS::Lambda::EventInvokeConfig'),
  Properties: z.object({
    FunctionName: ref,
    DestinationConfig: z.object({ OnSuccess: destination, OnFailure: destination }),
  }),
});

const tableResource = z.object({
  Type: z.literal('AWS::DynamoDB::GlobalTable'),
  Properties: z.object({
    KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
    AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
    TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }),
  }),
});

export type TableSchema = z.output<typeof tableResource>['Properties'];

/** Reads the one stack in a cloud assembly's folder. */
export function readSynthesisedStack(folder: string): SynthesisedStack {
  const text = readFileSync(join(folder, 'Sluicegate.template.json'), 'utf8');
  const resources = z.object({ Resources: z.record(z.string(), z.unknown()) }).parse(JSON.parse(text)).Resources;
  const all = <Shape extends z.ZodType>(shape: Shape): [string, z.output<Shape>][] =>
    Object.entries(resources).flatMap(([id, resource]) => {
      const parsed = shape.safeParse(resource);
      return parsed.success ? [[id, parsed.data] as [string, z.output<Shape>]] : [];
    });
  const idsOf = (type: string): string[] => all(z.object({ Type: z.literal(type) })).map(([id]) => id);
  const [table] = all(tableResource);
  if (table === undefined) throw new Error(`${folder} holds no table`);
  return {
    functions: new Map(all(lambdaResource).map(([id, resource]) => [id, functionOf(folder, resource)])),
    schedules: all(scheduleResource).map(
      ([
        ,
        {
          Properties: { Target },
        },
      ]) => ({ functionId: Target.Arn, input: Target.Input }),
    ),
    destinations: new Map(
      all(invokeConfigResource).map(([, { Properties }]) => [
        Properties.FunctionName.ref,
        { onSuccess: Properties.DestinationConfig.OnSuccess, onFailure: Properties.DestinationConfig.OnFailure },
      ]),
    ),
    table: { id: table[0], schema: table[1].Properties },
    topicIds: idsOf('AWS::SNS::Topic'),
    secretIds: idsOf('AWS::SecretsManager::Secret'),
    roleIds: idsOf('AWS::IAM::Role'),
  };
}

const functionOf = (
  folder: string,
  { Properties, Metadata }: z.output<typeof lambdaResource>,
): SynthesisedFunction => ({
  code: join(folder, Metadata['aws:asset:path']),
  handler: Properties.Handler,
  timeoutMs: Properties.Timeout * 1_000,
  memoryMb: Properties.MemorySize,
  environment: Properties.Environment.Variables,
});
