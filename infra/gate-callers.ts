import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BundledFunction } from './bundled-function.ts';
import { acknowledgeWildcards } from './wildcards.ts';

interface Rights {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By key, as IAM writes it. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Rights at one kind of caller, as a policy of its own; `why` for those resources that hold a wildcard. */
function grant(bundled: BundledFunction, id: string, rights: readonly Rights[], why: string): void {
  const statements = rights.map(
    ({ actions, resources, conditions }) =>
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions: { ...conditions } }),
  );
  const policy = new Policy(bundled, id, { roles: [bundled.role], statements });
  const resources = rights.flatMap((one) => one.resources).filter((resource) => resource.includes('*'));
  acknowledgeWildcards(policy, [...new Set(resources)], why);
}

/** @param names of pipelines of this account and region */
export function grantCodePipeline(
  bundled: BundledFunction,
  stack: Stack,
  names: readonly string[],
  approves: boolean,
): void {
  const pipelines = names.map((resource) => stack.formatArn({ service: 'codepipeline', resource }));
  const rights: Rights[] = [
    { actions: ['codepipeline:GetPipelineExecution'], resources: pipelines },
    { actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'], resources: ['*'] },
  ];
  const actionsOfStages = pipelines.map((pipeline) => `${pipeline}/*`);
  if (approves) rights.push({ actions: ['codepipeline:PutApprovalResult'], resources: actionsOfStages });
  grant(
    bundled,
    'CodePipeline',
    rights,
    'CodePipeline knows no resource for the results of jobs, whose id one must have been given; approvals stand in any stage of the named pipelines.',
  );
}

/** @param groups `application/deployment group` */
export function grantCodeDeploy(bundled: BundledFunction, stack: Stack, groups: readonly string[]): void {
  const resources = groups.map((resourceName) =>
    stack.formatArn({
      service: 'codedeploy',
      resource: 'deploymentgroup',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  const actions = [
    'codedeploy:GetDeployment',
    'codedeploy:GetDeploymentTarget',
    'codedeploy:ListDeploymentTargets',
    'codedeploy:PutLifecycleEventHookExecutionStatus',
  ];
  grant(bundled, 'CodeDeploy', [{ actions, resources }], 'A deployment group is named without a wildcard.');
}

/** @param services `cluster/service` */
export function grantEcs(bundled: BundledFunction, stack: Stack, services: readonly string[]): void {
  const arnsOf = (resource: string, names: readonly string[]): string[] =>
    names.map((resourceName) => stack.formatArn({ service: 'ecs', resource, resourceName }));
  const clusters = [...new Set(services.map((service) => service.split('/')[0] ?? ''))];
  const rights: readonly Rights[] = [
    { actions: ['ecs:ListServiceDeployments'], resources: arnsOf('service', services) },
    {
      actions: ['ecs:DescribeServiceDeployments', 'ecs:ContinueServiceDeployment'],
      resources: arnsOf(
        'service-deployment',
        services.map((service) => `${service}/*`),
      ),
    },
    {
      actions: ['ecs:DescribeTasks'],
      resources: arnsOf(
        'task',
        clusters.map((cluster) => `${cluster}/*`),
      ),
    },
    ...arnsOf('cluster', clusters).map((cluster) => ({
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': cluster } },
    })),
  ];
  grant(
    bundled,
    'Ecs',
    rights,
    'Deployments and tasks of the named services are made by ECS, and listing tasks knows their cluster only by a condition.',
  );
}

/** @param names of state machines of this account and region */
export function grantStepFunctions(bundled: BundledFunction, stack: Stack, names: readonly string[]): void {
  const resources = names.map((resourceName) =>
    stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  const actions = ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'];
  grant(bundled, 'StepFunctions', [{ actions, resources }], 'A state machine is named without a wildcard.');
}
