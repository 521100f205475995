import {
  CodeDeployClient,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  LifecycleEventAlreadyCompletedException,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';

/** Of the environment's region and credentials. */
export const codeDeployClient = (): CodeDeployClient =>
  new CodeDeployClient({
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  });

export interface DeploymentHook {
  readonly deploymentId: string;
  readonly lifecycleEventHookExecutionId: string;
}

export interface DeploymentHooks {
  /** The deployment group, as `application/group`. */
  groupOf(deploymentId: string): Promise<string>;
  /** The lifecycle event that a deployment is in, by CodeDeploy's name; null where it does not say. */
  stageOf(deploymentId: string): Promise<string | null>;
  /** Resolves too when it was answered before. Of six statuses CodeDeploy takes only these. */
  answer(hook: DeploymentHook, status: 'Succeeded' | 'Failed'): Promise<void>;
}

export const deploymentHooks = (client: CodeDeployClient): DeploymentHooks => ({
  async groupOf(deploymentId) {
    const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
    return `${deploymentInfo?.applicationName}/${deploymentInfo?.deploymentGroupName}`;
  },
  async stageOf(deploymentId) {
    const { targetIds = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
    const [targetId] = targetIds;
    if (targetId === undefined) return null;
    const { deploymentTarget } = await client.send(new GetDeploymentTargetCommand({ deploymentId, targetId }));
    const { lifecycleEvents = [] } = deploymentTarget?.lambdaTarget ?? deploymentTarget?.ecsTarget ?? {};
    return lifecycleEvents.find(({ status }) => status === 'InProgress')?.lifecycleEventName ?? null;
  },
  async answer(hook, status) {
    try {
      await client.send(new PutLifecycleEventHookExecutionStatusCommand({ ...hook, status }));
    } catch (error) {
      if (!(error instanceof LifecycleEventAlreadyCompletedException)) throw error;
    }
  },
});
