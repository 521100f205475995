import { arnHere } from '../../lambda-runtime/here.ts';
import type { RecordedRequest } from '../../lambda-runtime/record-calls.ts';

/** One call to AWS, in the words of IAM. */
export interface AwsCall {
  readonly function: string;
  /** `dynamodb:Query`. */
  readonly action: string;
  /** Names or ARNs of what it was about. */
  readonly resources: readonly string[];
}

type Body = Readonly<Record<string, unknown>>;

/** What IAM looks at in a request: for some services it is not what the request names, but what stands behind that. */
type ResourcesOf = (body: Body, behind: (id: unknown) => string) => readonly string[];

interface Service {
  readonly prefix: string;
  readonly resources: ResourcesOf;
}

/** By the first part of `x-amz-target`. */
const SERVICES: Readonly<Record<string, Service>> = {
  DynamoDB_20120810: {
    prefix: 'dynamodb',
    resources: ({ TableName, RequestItems }) =>
      typeof TableName === 'string' ? [TableName] : Object.keys(RequestItems ?? {}),
  },
  secretsmanager: { prefix: 'secretsmanager', resources: ({ SecretId }) => [`${SecretId}`] },
  AWSEvents: {
    prefix: 'events',
    resources: ({ Entries }) =>
      (Entries as { readonly EventBusName?: string }[]).map(({ EventBusName = 'default' }) =>
        EventBusName.startsWith('arn:') ? EventBusName : arnHere('events', `event-bus/${EventBusName}`),
      ),
  },
  CodePipeline_20150709: {
    prefix: 'codepipeline',
    resources: ({ pipelineName, stageName, actionName }) => {
      if (typeof pipelineName !== 'string') return ['*'];
      const parts = [pipelineName, stageName, actionName].filter((part) => part !== undefined);
      return [arnHere('codepipeline', parts.join('/'))];
    },
  },
  CodeDeploy_20141006: { prefix: 'codedeploy', resources: ({ deploymentId }, behind) => [behind(deploymentId)] },
  AWSStepFunctions: { prefix: 'states', resources: ({ taskToken }, behind) => [behind(taskToken)] },
  AmazonEC2ContainerServiceV20141113: {
    prefix: 'ecs',
    resources: ({ tasks, serviceDeploymentArn, serviceDeploymentArns, service, cluster }) => {
      const named =
        tasks ?? serviceDeploymentArn ?? serviceDeploymentArns ?? service ?? arnHere('ecs', `cluster/${cluster}`);
      return [named].flat().map(String);
    },
  },
};

/**
 * What a request asks for; none: it went somewhere else than to AWS. Throws for a service that the tests do not know.
 * @param behind ARNs by the ids that stand alone in a request: of deployments, and of tasks by their token
 */
export function awsCallsOf(
  { function: name, path, target, contentType, body }: RecordedRequest,
  behind: Readonly<Record<string, string>>,
): readonly AwsCall[] {
  const call = (action: string, resources: readonly string[]): AwsCall => ({ function: name, action, resources });
  if (target !== null) {
    const [key = '', operation = ''] = target.split('.');
    const service = SERVICES[key];
    if (service === undefined) throw new Error(`${name} calls ${target}, which this test can't read yet`);
    const resources = service.resources(JSON.parse(body), (id) => behind[`${id}`] ?? `${id}`);
    return [call(`${service.prefix}:${operation}`, resources)];
  }
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path);
  if (invoked?.[1]) return [call('lambda:InvokeFunction', [decodeURIComponent(invoked[1])])];
  const schedule = /^\/schedules\/([^/?]+)$/.exec(path);
  if (schedule?.[1]) {
    const { GroupName, Target } = JSON.parse(body);
    const own = arnHere('scheduler', `schedule/${GroupName}/${schedule[1]}`);
    // Whoever hands a role to a service must be allowed to.
    return [call('scheduler:CreateSchedule', [own]), call('iam:PassRole', [Target.RoleArn])];
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body);
    return [call(`sns:${form.get('Action')}`, [form.get('TopicArn') ?? ''])];
  }
  return [];
}
