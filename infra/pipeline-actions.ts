import { Stack } from 'aws-cdk-lib';
import { LambdaInvokeAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { AccountPrincipal, type IRole, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type GatedRelease, releaseParameters } from './gated-release.ts';

export interface GateActionProps {
  /** The pipeline's name, which must be given to it: a token that the gate's own rights refer to would be a circle. */
  readonly pipeline: string;
  readonly release: GatedRelease;
  /** Default: 1 for the start, 2 for the judgement. */
  readonly runOrder?: number;
}

const EXECUTION = '#{codepipeline.PipelineExecutionId}';

/** The gate, as the library's action takes it, and the role by which pipelines of this account invoke it. */
export interface InvokedGate {
  readonly lambda: IFunction;
  readonly role: IRole;
}

/** Begins a release: in a stage, or at a place in it, before the deploy action. Its variables: `#{GateStart.releaseId}`. */
export const startAction = (
  gate: InvokedGate,
  { pipeline, release, runOrder = 1 }: GateActionProps,
): LambdaInvokeAction =>
  new LambdaInvokeAction({
    actionName: 'GateStart',
    ...gate,
    runOrder,
    variablesNamespace: 'GateStart',
    userParameters: { phase: 'start', pipeline, executionId: EXECUTION, ...releaseParameters(release) },
  });

/**
 * Judges the release, for as long as it takes: after the deploy action, in a stage with `onFailure: ROLLBACK`. It knows
 * the release by its execution; the rest of what is wired goes with it for a rollback that runs this stage alone.
 */
export const judgeAction = (
  gate: InvokedGate,
  { pipeline, release, runOrder = 2 }: GateActionProps,
): LambdaInvokeAction =>
  new LambdaInvokeAction({
    actionName: 'GateJudge',
    ...gate,
    runOrder,
    variablesNamespace: 'Gate',
    userParameters: { phase: 'judge', pipeline, executionId: EXECUTION, ...releaseParameters(release) },
  });

/**
 * Both without what the library would grant by itself: the gate has its rights by the pipeline's name, and the action
 * needs none at other versions, nor a list of all functions.
 */
export function invokedByPipelines(scope: Construct, id: string, { functionArn }: IFunction): InvokedGate {
  const role = new Role(scope, `${id}Role`, {
    description: 'sluicegate: pipelines ask the gate',
    assumedBy: new AccountPrincipal(Stack.of(scope).account),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
  const lambda = LambdaFunction.fromFunctionAttributes(scope, id, { functionArn, sameEnvironment: true });
  return { lambda, role: role.withoutPolicyUpdates() };
}
