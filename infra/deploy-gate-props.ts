import { Token } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { LagChecker } from './lag-checker.ts';

export interface DeployGateProps {
  /** Whose history and clusters it judges by. */
  readonly lagChecker: LagChecker;
  /**
   * Names of the pipelines of CodePipeline that ask it, by a Lambda action or by approvals. Names, since a pipeline names
   * the gate too, and each would have to be made first. Default: none, and it has no right there.
   */
  readonly pipelines?: readonly string[];
  /** Topics to which manual approvals of these pipelines are published: the gate answers them. Default: none. */
  readonly approvals?: readonly ITopic[];
  /**
   * Deployment groups of CodeDeploy whose hooks ask it, by `application/deployment group`: what is said of a release
   * there (docs/gate.md), since a hook's event names nothing but the deployment. Default: none.
   */
  readonly codeDeploy?: Readonly<Record<string, object>>;
  /** Services of ECS whose deployments ask it, as `cluster/service`. Default: none. */
  readonly ecsServices?: readonly string[];
  /**
   * Names of the state machines of Step Functions with tasks that wait for their token from it. Names, as with pipelines:
   * a machine names the gate too. Default: none; tasks without a token need no right of the gate's.
   */
  readonly stateMachines?: readonly string[];
  /** Whether Flagger and Argo Rollouts may ask over the HTTP API, with a token of their own. Default: false. */
  readonly http?: boolean;
}

/** What is wrong with these props, each with its name. */
export function gateProblems({
  lagChecker,
  pipelines = [],
  approvals = [],
  codeDeploy = {},
  ecsServices = [],
  stateMachines = [],
  http,
}: DeployGateProps): readonly string[] {
  return [
    ...(approvals.length > 0 && pipelines.length === 0
      ? ['approvals: their pipelines must be named in "pipelines", or the gate may not answer them']
      : []),
    ...Object.keys(codeDeploy)
      .filter((group) => !PAIR.test(group))
      .map((group) => `codeDeploy: "${group}" is not "application/deployment group"`),
    ...ecsServices
      .filter((service) => !PAIR.test(service))
      .map((service) => `ecsServices: "${service}" is not "cluster/service"`),
    ...pipelines
      .filter((pipeline) => !isName(pipeline))
      .map((pipeline) => `pipelines: "${pipeline}" is not a pipeline's name`),
    ...stateMachines
      .filter((machine) => !isName(machine))
      .map((machine) => `stateMachines: "${machine}" is not a state machine's name`),
    ...(http && lagChecker.web === null ? ['http: the LagChecker has no HTTP API: set its "httpApi" to true'] : []),
  ];
}

const PAIR = /^[^/]+\/[^/]+$/;

/** No ARN and no wildcard. A name that is known at deployment only passes. */
const isName = (text: string): boolean => Token.isUnresolved(text) || /^[\w.@-]+$/.test(text);
