import { Duration } from 'aws-cdk-lib';
import {
  type BaseService,
  CfnService,
  DeploymentLifecycleLambdaTarget,
  DeploymentLifecycleStage,
} from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type GatedRelease, releaseParameters } from './gated-release.ts';

export interface EcsHookProps {
  readonly release: GatedRelease;
  /** How long the deployment waits for the gate, in whole minutes. Default: an hour. Afterwards it rolls back. */
  readonly timeout?: Duration;
  /** How many hooks the service has by now. Default: none. */
  readonly hooksBefore?: number;
}

const { PRE_SCALE_UP, POST_SCALE_UP } = DeploymentLifecycleStage;

/** Has a service's deployments ask the gate: before new tasks start, which begins the release, and once they run. */
export function addEcsHook(
  gate: IFunction,
  service: BaseService,
  { release, timeout = Duration.hours(1), hooksBefore = 0 }: EcsHookProps,
): void {
  // The library's own role could invoke every version and alias.
  const role = new Role(service, 'GateHookRole', {
    description: 'sluicegate: ECS asks the gate about deployments',
    assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
  });
  const resources = [gate.functionArn];
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
  const target = new DeploymentLifecycleLambdaTarget(gate, 'GateHook', {
    lifecycleStages: [PRE_SCALE_UP, POST_SCALE_UP],
    role: role.withoutPolicyUpdates(),
  });
  service.addLifecycleHook(target);
  const resource = service.node.defaultChild;
  if (!(resource instanceof CfnService)) throw new Error('invariant: a service is a CfnService');
  // The library's own construct knows neither.
  const hook = `DeploymentConfiguration.LifecycleHooks.${hooksBefore}`;
  resource.addPropertyOverride(`${hook}.HookDetails`, JSON.stringify(releaseParameters(release)));
  resource.addPropertyOverride(`${hook}.TimeoutConfiguration`, {
    TimeoutInMinutes: timeout.toMinutes(),
    Action: 'ROLLBACK',
  });
}
