import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A resource of a template, as far as it is looked at here. */
const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export type Resource = z.output<typeof resource>;

const template = z.looseObject({ Resources: z.record(z.string(), resource) });
export type Template = z.output<typeof template>;

export const readTemplate = (folder: string): Template =>
  template.parse(JSON.parse(readFileSync(join(folder, 'Sluicegate.template.json'), 'utf8')));

/**
 * What moto's CloudFormation does not make, each with what the test does about it. docs/deploying.md has the same list;
 * a type that moto learns, or that the template gains, has to be entered or taken out here.
 */
export const GAPS: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'left out',
  'AWS::ApiGatewayV2::Integration': 'left out',
  'AWS::ApiGatewayV2::Route': 'left out',
  'AWS::ApiGatewayV2::Stage': 'left out',
  'AWS::CloudWatch::Alarm': 'left out',
  'AWS::DynamoDB::GlobalTable': 'made as an AWS::DynamoDB::Table of the same keys',
  'AWS::Lambda::EventInvokeConfig': 'made by its own API',
  'AWS::SNS::Subscription': 'left out',
  'AWS::SNS::TopicPolicy': 'left out',
  'AWS::SQS::QueuePolicy': 'left out',
  'AWS::Scheduler::Schedule': 'made by its own API',
  'AWS::Scheduler::ScheduleGroup': 'made by its own API',
  'AWS::SecretsManager::Secret': 'made by its own API, before the stack',
};

/**
 * The template as moto can make it: without the resources of `GAPS`, whose names stand where they were referred to.
 *
 * - Functions get a line of code inline: the bucket of CDK's assets does not exist.
 * - The bootstrap version and its rule go: nothing is bootstrapped.
 *
 * @param named what stands for a resource that is left out; by default its logical id
 */
export function templateForMoto({ Resources }: Template, named: ReadonlyMap<string, string>): object {
  const kept = Object.entries(Resources).flatMap(([id, one]) => {
    if (one.Type === 'AWS::DynamoDB::GlobalTable') return [[id, plainTable(one)] as const];
    if (one.Type in GAPS) return [];
    return [[id, one.Type === 'AWS::Lambda::Function' ? withInlineCode(one) : one] as const];
  });
  const ids = new Set(kept.map(([id]) => id));
  const leftOut = (id: unknown) => typeof id === 'string' && id in Resources && !ids.has(id);
  const text = JSON.stringify(Object.fromEntries(kept), (_key, value) => {
    const target = value?.Ref ?? value?.['Fn::GetAtt']?.[0];
    return leftOut(target) ? (named.get(target) ?? target) : value;
  });
  const resources: Record<string, Resource> = JSON.parse(text);
  for (const one of Object.values(resources)) {
    const { DependsOn } = one as { DependsOn?: string | string[] };
    if (DependsOn !== undefined) one['DependsOn'] = [DependsOn].flat().filter((id) => ids.has(id));
  }
  return { Resources: resources, Outputs: arnOutputs(JSON.stringify(Resources), ids) };
}

const plainTable = ({ Properties, ...rest }: Resource): Resource => {
  const { KeySchema, AttributeDefinitions, BillingMode } = Properties;
  return { ...rest, Type: 'AWS::DynamoDB::Table', Properties: { KeySchema, AttributeDefinitions, BillingMode } };
};

const withInlineCode = (one: Resource): Resource => ({
  ...one,
  Properties: { ...one.Properties, Code: { ZipFile: 'exports.handler = async () => {};' } },
});

/** The ARNs that resources ask for, of those that are made, as outputs: a logical id is all letters and digits. */
const arnOutputs = (text: string, made: ReadonlySet<string>): object =>
  Object.fromEntries(
    [...text.matchAll(/\{"Fn::GetAtt":\["(\w+)","Arn"\]\}/g)]
      .filter(([, id = '']) => made.has(id))
      .map(([getAtt, id]) => [`Arn${id}`, { Value: JSON.parse(getAtt) }]),
  );
