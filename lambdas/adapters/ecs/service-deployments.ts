import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeTasksCommand,
  ECSClient,
  InvalidParameterException,
  ListServiceDeploymentsCommand,
  paginateListTasks,
  ServiceDeploymentNotFoundException,
  type Task,
} from '@aws-sdk/client-ecs';

/** Of the environment's region and credentials. */
export const ecsClient = (): ECSClient =>
  new ECSClient({ requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true } });

/** A service, by its ARN: `arn:…:service/CLUSTER/SERVICE`. */
export interface ServiceDeployments {
  /** Whether no deployment of the service came before: then there is no old version to go back to. */
  isFirst(serviceArn: string): Promise<boolean>;
  /** The revision that a deployment brings out, by its ARN; null where ECS does not say. */
  targetRevisionOf(serviceDeploymentArn: string): Promise<string | null>;
  /** Private addresses of a revision's tasks that run or start. Empty: none has one of its own (bridge networking). */
  hostsOf(serviceArn: string, revisionArn: string): Promise<readonly string[]>;
  /** Ends a pause. Resolves too when it was ended before. */
  endPause(
    pause: { readonly serviceDeploymentArn: string; readonly hookId: string },
    action: 'CONTINUE' | 'ROLLBACK',
  ): Promise<void>;
}

export const serviceDeployments = (client: ECSClient): ServiceDeployments => ({
  async isFirst(serviceArn) {
    const input = { cluster: clusterOf(serviceArn), service: serviceArn, maxResults: 2 };
    const { serviceDeployments: deployments = [] } = await client.send(new ListServiceDeploymentsCommand(input));
    return deployments.length <= 1;
  },

  async targetRevisionOf(serviceDeploymentArn) {
    const input = { serviceDeploymentArns: [serviceDeploymentArn] };
    const { serviceDeployments: found = [] } = await client.send(new DescribeServiceDeploymentsCommand(input));
    return found[0]?.targetServiceRevision?.arn ?? null;
  },

  async hostsOf(serviceArn, revisionArn) {
    const cluster = clusterOf(serviceArn);
    const startedBy = `ecs-svc/${lastPartOf(revisionArn)}`;
    const hosts = new Set<string>();
    const serviceName = lastPartOf(serviceArn);
    for await (const { taskArns: tasks = [] } of paginateListTasks({ client }, { cluster, serviceName })) {
      // A page holds 100 task ARNs, and DescribeTasks takes as many.
      if (tasks.length === 0) continue;
      const { tasks: described = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks }));
      for (const task of described) if (task.startedBy === startedBy) for (const host of hostsIn(task)) hosts.add(host);
    }
    return [...hosts].sort();
  },

  async endPause(pause, action) {
    try {
      // Without an action ECS would continue.
      await client.send(new ContinueServiceDeploymentCommand({ ...pause, action }));
    } catch (error) {
      const isOver = error instanceof InvalidParameterException || error instanceof ServiceDeploymentNotFoundException;
      if (!isOver) throw error;
    }
  },
});

function hostsIn({ attachments = [], containers = [] }: Task): readonly string[] {
  const details = attachments.flatMap((attachment) => attachment.details ?? []);
  const addresses = details.filter(({ name }) => name === 'privateIPv4Address').map(({ value }) => value);
  const interfaces = containers.flatMap(({ networkInterfaces = [] }) => networkInterfaces);
  return [...addresses, ...interfaces.map(({ privateIpv4Address }) => privateIpv4Address)].filter(
    (address) => address !== undefined,
  );
}

const lastPartOf = (arn: string): string => arn.split('/').at(-1) ?? '';
const clusterOf = (serviceArn: string): string => serviceArn.split('/').at(-2) ?? '';
