import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arnHere, REGION } from '../../lambda-runtime/here.ts';
import { type Moto, startMoto } from '../../setup/moto.ts';
import { describeWithRealPartsAndSns } from '../../setup/real-parts.ts';
import { pairsOf, query, supportedTypes, textsOf } from './moto-cloudformation.ts';
import { GAPS, type Resource, readTemplate, type Template, templateForMoto } from './template-for-moto.ts';

const APP = new URL('wired-gate.app.ts', import.meta.url).pathname;
const webhook = { secretArn: arnHere('secretsmanager', 'secret:slack-a1b2c3') };
const CONFIG = {
  clusters: [
    { name: 'orders', brokers: ['broker-1.example:9092'] },
    { name: 'events', brokers: ['broker-2.example:9092'], sampleInterval: '5m' },
  ],
  notices: { slack: { webhook } },
};

/** moto makes them, and gives them no id. */
const NAMELESS = 'AWS::Lambda::Permission';

describeWithRealPartsAndSns('the template, deployed as far as moto can', () => {
  let folder: string;
  let moto: Moto;
  let template: Template;
  let clients: ReturnType<typeof clientsOf>;
  /** Physical ids, by logical id. */
  const physical = new Map<string, string>();
  const arns = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluicegate-template-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify(CONFIG));
    const output = join(folder, 'cdk.out');
    const config = `config=${join(folder, 'config.json')}`;
    const args = ['-s', 'run', 'synth', '--', '--app', `node ${APP}`, '-c', config, '-o', output];
    [moto] = await Promise.all([
      startMoto((line) => console.info(line)),
      promisify(execFile)('npm', args, { env: { ...process.env, AWS_REGION: REGION } }),
    ]);
    clients = clientsOf(moto.endpoint);
    template = readTemplate(output);
    await deployOnMoto();
  });
  afterAll(async () => {
    for (const client of Object.values(clients ?? {})) client.destroy();
    await moto?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const ofType = (type: string): [string, Resource][] =>
    Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
  const ask = (service: string, action: string, input: Record<string, string>) =>
    query({ endpoint: moto.endpoint, service, action }, input);

  async function deployOnMoto(): Promise<void> {
    const secrets = new Map<string, string>();
    for (const [id] of ofType('AWS::SecretsManager::Secret')) {
      const made = await clients.secrets.send(new CreateSecretCommand({ Name: id, SecretString: 'token' }));
      secrets.set(id, made.ARN ?? '');
    }
    const TemplateBody = JSON.stringify(templateForMoto(template, secrets));
    const StackName = 'Sluicegate';
    await ask('cloudformation', 'CreateStack', { StackName, TemplateBody, 'Capabilities.member.1': 'CAPABILITY_IAM' });
    const described = await ask('cloudformation', 'DescribeStacks', { StackName });
    expect(textsOf(described, 'StackStatus')).toEqual(['CREATE_COMPLETE']);
    const resources = await ask('cloudformation', 'DescribeStackResources', { StackName });
    for (const [id, name] of pairsOf(resources, 'LogicalResourceId', 'PhysicalResourceId')) physical.set(id, name);
    for (const [key, arn] of pairsOf(described, 'OutputKey', 'OutputValue')) arns.set(key.replace(/^Arn/, ''), arn);
    await makeTheRest();
  }

  /** What a property says once the stack is there. */
  function resolved(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value ?? null), (_key, one) => {
      if (typeof one?.Ref === 'string') return physical.get(one.Ref) ?? one.Ref;
      if (one?.['Fn::GetAtt'] !== undefined)
        return arns.get(one['Fn::GetAtt'][0]) ?? `no ARN of ${one['Fn::GetAtt'][0]}`;
      return one;
    });
  }

  async function makeTheRest(): Promise<void> {
    for (const [, { Properties }] of ofType('AWS::Scheduler::ScheduleGroup')) {
      await clients.scheduler.send(new CreateScheduleGroupCommand(resolved(Properties) as { Name: string }));
    }
    for (const [id, { Properties }] of ofType('AWS::Scheduler::Schedule')) {
      const input = { Name: id, ...(resolved(Properties) as object) };
      await clients.scheduler.send(new CreateScheduleCommand(input as never));
    }
    for (const [, { Properties }] of ofType('AWS::Lambda::EventInvokeConfig')) {
      const { Qualifier: _latest, ...input } = resolved(Properties) as Record<string, unknown>;
      await clients.lambda.send(new PutFunctionEventInvokeConfigCommand(input as never));
    }
  }

  const functionNamed = (name: string): string => {
    const found = ofType('AWS::Lambda::Function').find(([, { Properties }]) =>
      JSON.stringify(Properties['Environment']).includes(`"POWERTOOLS_SERVICE_NAME":"${name}"`),
    );
    return found?.[0] ?? '';
  };

  test('moto knows every type but those that are listed, and all that are listed are in the template', async () => {
    const supported = await supportedTypes();
    const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
    expect([...types].filter((type) => !supported.has(type)).toSorted()).toEqual(Object.keys(GAPS).toSorted());
  });

  test('everything that moto makes is there', () => {
    const made = Object.entries(template.Resources).filter(
      ([, { Type }]) => (!(Type in GAPS) || Type === 'AWS::DynamoDB::GlobalTable') && Type !== NAMELESS,
    );
    expect(made.filter(([id]) => (physical.get(id) ?? '') === '').map(([id]) => id)).toEqual([]);
  });

  test('each function has its role, its table and its topics', async () => {
    const topics = (await clients.sns.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => TopicArn) ?? [];
    const [[table = ''] = []] = ofType('AWS::DynamoDB::GlobalTable');
    for (const [id] of ofType('AWS::Lambda::Function')) {
      const asked = new GetFunctionCommand({ FunctionName: physical.get(id) });
      const { Configuration } = await clients.lambda.send(asked);
      const { SLUICEGATE_TABLE, SLUICEGATE_TOPIC_ARNS } = Configuration?.Environment?.Variables ?? {};
      if (SLUICEGATE_TABLE !== undefined) expect(SLUICEGATE_TABLE).toBe(physical.get(table));
      if (SLUICEGATE_TOPIC_ARNS !== undefined) expect(topics).toContain(SLUICEGATE_TOPIC_ARNS);
      const RoleName = Configuration?.Role?.split('/').at(-1) ?? '';
      expect(textsOf(await ask('iam', 'GetRole', { RoleName }), 'Arn')).toEqual([Configuration?.Role]);
    }
  });

  test('no policy names something that is not there', async () => {
    for (const [id, { Properties }] of ofType('AWS::IAM::Policy')) {
      const [RoleName = ''] = resolved(Properties['Roles']) as string[];
      const PolicyName = `${Properties['PolicyName']}`;
      const [document = ''] = textsOf(await ask('iam', 'GetRolePolicy', { RoleName, PolicyName }), 'PolicyDocument');
      const { Statement } = JSON.parse(decodeURIComponent(document.replaceAll('&quot;', '"')));
      for (const { Resource } of Statement) {
        for (const one of [Resource].flat())
          expect(`${id}: ${one}`).toMatch(/: (\*|arn:aws:[a-z0-9-]+:[^:]*:\d{12}:\S+)$/);
      }
    }
  });

  test('each schedule invokes snapshot for its cluster, which hands over to evaluate, well or not', async () => {
    const snapshot = functionNamed('snapshot');
    const clusters = [];
    for (const [id] of ofType('AWS::Scheduler::Schedule')) {
      const { Target } = await clients.scheduler.send(new GetScheduleCommand({ Name: id }));
      expect(Target?.Arn).toBe(arns.get(snapshot));
      expect([...arns.values()]).toContain(Target?.RoleArn);
      clusters.push(JSON.parse(Target?.Input ?? '{}').cluster);
    }
    expect(clusters.toSorted()).toEqual(['events', 'orders']);
    const asked = new GetFunctionEventInvokeConfigCommand({ FunctionName: physical.get(snapshot) });
    const evaluate = { Destination: arns.get(functionNamed('evaluate')) };
    expect((await clients.lambda.send(asked)).DestinationConfig).toEqual({ OnSuccess: evaluate, OnFailure: evaluate });
  });

  test('the table has the keys that the functions use', async () => {
    const [[table = ''] = []] = ofType('AWS::DynamoDB::GlobalTable');
    const { Table } = await clients.dynamo.send(new DescribeTableCommand({ TableName: physical.get(table) }));
    expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(['pk', 'sk']);
  });
});

function clientsOf(endpoint: string) {
  const at = { endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  return {
    dynamo: new DynamoDBClient(at),
    lambda: new LambdaClient(at),
    scheduler: new SchedulerClient(at),
    secrets: new SecretsManagerClient(at),
    sns: new SNSClient(at),
  };
}
