import type { RecordedRequest } from '../../lambda-runtime/record-calls.ts';

/** One call to AWS, in the words of IAM. */
export interface AwsCall {
  readonly function: string;
  /** `dynamodb:Query`. */
  readonly action: string;
  /** Names or ARNs of what it was about. */
  readonly resources: readonly string[];
}

const TARGETS: Readonly<
  Record<string, (operation: string, body: Record<string, unknown>) => Omit<AwsCall, 'function'>>
> = {
  DynamoDB_20120810: (operation, { TableName, RequestItems }) => ({
    action: `dynamodb:${operation}`,
    resources: typeof TableName === 'string' ? [TableName] : Object.keys(RequestItems ?? {}),
  }),
  secretsmanager: (operation, { SecretId }) => ({ action: `secretsmanager:${operation}`, resources: [`${SecretId}`] }),
  AWSEvents: (operation, { Entries }) => ({
    action: `events:${operation}`,
    resources: (Entries as { readonly EventBusName?: string }[]).map(({ EventBusName = 'default' }) => EventBusName),
  }),
  CodePipeline_20150709: (operation, { pipelineName }) => ({
    action: `codepipeline:${operation}`,
    resources: typeof pipelineName === 'string' ? [pipelineName] : ['*'],
  }),
};

/** What a request asks for; null: it went somewhere else than to AWS. Throws for a service that the tests do not know. */
export function awsCallOf({ function: name, path, target, contentType, body }: RecordedRequest): AwsCall | null {
  if (target !== null) {
    const [service = '', operation = ''] = target.split('.');
    const parse = TARGETS[service];
    if (parse === undefined) throw new Error(`${name} calls ${target}, which this test can't read yet`);
    return { function: name, ...parse(operation, JSON.parse(body)) };
  }
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path);
  if (invoked?.[1])
    return { function: name, action: 'lambda:InvokeFunction', resources: [decodeURIComponent(invoked[1])] };
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    return { function: name, action: `sns:${form.get('Action')}`, resources: [form.get('TopicArn') ?? ''] };
  }
  return null;
}
