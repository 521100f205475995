import type { DeploymentHooks } from '../adapters/codedeploy/deployment-hooks.ts';
import type { ServiceDeployments } from '../adapters/ecs/service-deployments.ts';
import { environmentVariable } from '../adapters/lambda/environment.ts';
import type { WaitingTasks } from '../adapters/step-functions/waiting-tasks.ts';
import { ENV } from '../contract.ts';
import type { AskLater } from '../core/ports/ask-later.ts';

// Clients of AWS that only some callers need. Each is loaded when first used: the cold start of the others, for whom a
// pipeline waits, need not read them.

export function codeDeployWhenNeeded(): DeploymentHooks {
  const loaded = once(async () => {
    const { codeDeployClient, deploymentHooks } = await import('../adapters/codedeploy/deployment-hooks.ts');
    return deploymentHooks(codeDeployClient());
  });
  return {
    groupOf: async (deploymentId) => (await loaded()).groupOf(deploymentId),
    stageOf: async (deploymentId) => (await loaded()).stageOf(deploymentId),
    answer: async (hook, status) => (await loaded()).answer(hook, status),
  };
}

export function ecsWhenNeeded(): ServiceDeployments {
  const loaded = once(async () => {
    const { ecsClient, serviceDeployments } = await import('../adapters/ecs/service-deployments.ts');
    return serviceDeployments(ecsClient());
  });
  return {
    isFirst: async (serviceArn) => (await loaded()).isFirst(serviceArn),
    targetRevisionOf: async (deploymentArn) => (await loaded()).targetRevisionOf(deploymentArn),
    hostsOf: async (serviceArn, revisionArn) => (await loaded()).hostsOf(serviceArn, revisionArn),
    endPause: async (pause, action) => (await loaded()).endPause(pause, action),
  };
}

export function tasksWhenNeeded(): WaitingTasks {
  const loaded = once(async () => {
    const { stepFunctionsClient, waitingTasks } = await import('../adapters/step-functions/waiting-tasks.ts');
    return waitingTasks(stepFunctionsClient());
  });
  return {
    succeed: async (taskToken, output) => (await loaded()).succeed(taskToken, output),
    fail: async (taskToken, failure) => (await loaded()).fail(taskToken, failure),
    heartbeat: async (taskToken) => (await loaded()).heartbeat(taskToken),
  };
}

/** Its role and group are there only where a caller waits; without them the event of such a caller fails and says so. */
export function schedulesWhenNeeded(): AskLater {
  const loaded = once(async () => {
    const { oneShotSchedules, schedulerClient } = await import('../adapters/scheduler/one-shot-schedules.ts');
    return oneShotSchedules(schedulerClient(), {
      functionName: environmentVariable('AWS_LAMBDA_FUNCTION_NAME'),
      roleArn: environmentVariable(ENV.gateScheduleRoleArn),
      scheduleGroup: environmentVariable(ENV.gateScheduleGroup),
    });
  });
  return { ask: async (later) => (await loaded()).ask(later) };
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | null = null;
  return () => {
    loading ??= load();
    return loading;
  };
}
