import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { LambdaInvokeAction, ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import type { BaseService } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { AccessToken } from './access-token.ts';
import { BundledFunction } from './bundled-function.ts';
import { type DeployGateProps, gateProblems } from './deploy-gate-props.ts';
import { addEcsHook, type EcsHookProps } from './ecs-hook.ts';
import { GateApproval, type GateApprovalProps } from './gate-approval.ts';
import { grantCodeDeploy, grantCodePipeline, grantEcs, grantStepFunctions } from './gate-callers.ts';
import { GateSchedules } from './gate-schedules.ts';
import { refuseManual } from './gated-release.ts';
import type { LagChecker, Snapshots } from './lag-checker.ts';
import { OperationsAlarm } from './operations-alarm.ts';
import {
  type GateActionProps,
  type InvokedGate,
  invokedByPipelines,
  judgeAction,
  startAction,
} from './pipeline-actions.ts';
import type { WebAccess } from './web-access.ts';

/**
 * Answers pipelines: may this release go on, or must it go back? It reads the history, keeps the ledger of releases, and
 * has `snapshot` take a reading when a release begins. It cannot reach a broker, and at AWS it may answer those who are
 * named to it, and nobody else.
 */
export class DeployGate extends Construct {
  /** What pipelines invoke: `gate.function.grantInvoke(pipelineRole)`. */
  readonly function: LambdaFunction;
  /** The token that Flagger and Argo Rollouts send; null: they may not ask. */
  readonly token: ISecret | null;
  readonly #bundled: BundledFunction;
  readonly #props: DeployGateProps;
  #invoked: InvokedGate | null = null;

  constructor(scope: Construct, id: string, props: DeployGateProps) {
    super(scope, id);
    this.#props = props;
    const problems = gateProblems(props);
    if (problems.length > 0) throw new Error(`${this.node.path} has wrong props:\n  ${problems.join('\n  ')}`);
    const { lagChecker, http = false } = props;
    const { settings, table, snapshots } = lagChecker;
    this.#bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: 'gate',
      description: 'sluicegate: judges releases',
      environment: { [ENV.table]: table.tableName, [ENV.snapshotFunctions]: clustersByFunction(snapshots) },
    });
    this.function = this.#bundled.function;
    this.#grantOwn(lagChecker);
    this.#wire(props);
    this.token = http && lagChecker.web !== null ? this.#openRoutes(lagChecker.web) : null;
    this.#alarm(lagChecker.operations);
    new CfnOutput(this, 'FunctionName', { value: this.function.functionName });
    if (this.token !== null) new CfnOutput(this, 'TokenSecretName', { value: this.token.secretName });
  }

  /** The action that begins a release; it stands before the deploy action. Its variables: `#{GateStart.releaseId}`. */
  startAction(props: GateActionProps): LambdaInvokeAction {
    return startAction(this.#invokedBy(props.pipeline), props);
  }

  /**
   * The action that judges the release until it is clear; it stands after the deploy action, in a stage with
   * `onFailure: { result: Result.ROLLBACK }`. Its variables: `#{Gate.decision}`, `#{Gate.reason}`.
   */
  judgeAction(props: GateActionProps): LambdaInvokeAction {
    refuseManual(props.release, 'judgeAction');
    return judgeAction(this.#invokedBy(props.pipeline), props);
  }

  /** A manual approval that the gate answers where it can, and a human where it can't. */
  approval(props: GateApprovalProps): ManualApprovalAction {
    this.#scheduleQuestions();
    return new GateApproval(this, `Approval-${props.pipeline}-${props.stage}`, this.#bundled, props).action;
  }

  /** Has the deployments of a service ask the gate, which `ecsServices` must name. */
  ecsHook(service: BaseService, props: EcsHookProps): void {
    refuseManual(props.release, 'ecsHook');
    if ((this.#props.ecsServices ?? []).length === 0) {
      throw new Error(`${this.node.path}: name the service in "ecsServices", or the gate may not look for its tasks`);
    }
    addEcsHook(this.function, service, props);
  }

  #invokedBy(pipeline: string): InvokedGate {
    if (!this.#props.pipelines?.includes(pipeline)) {
      throw new Error(`${this.node.path}: name "${pipeline}" in "pipelines", or the gate may not report to it`);
    }
    this.#invoked ??= invokedByPipelines(this, 'Invoked', this.function);
    return this.#invoked;
  }

  #scheduleQuestions(): void {
    const id = 'Schedules';
    if (this.node.tryFindChild(id) === undefined) new GateSchedules(this, id, { gate: this.#bundled });
  }

  /** What it takes to judge, whoever asks. */
  #grantOwn({ table, snapshots }: LagChecker): void {
    const { role } = this.#bundled;
    table.grant(
      role,
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    );
    const resources = snapshots.map(({ function: { functionArn } }) => functionArn);
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    // Callers ask again by themselves, or the gate has itself asked again.
    this.function.configureAsyncInvoke({ retryAttempts: 0 });
  }

  /** What it takes to answer those who are named. */
  #wire({
    pipelines = [],
    approvals = [],
    codeDeploy = {},
    ecsServices = [],
    stateMachines = [],
  }: DeployGateProps): void {
    const stack = Stack.of(this);
    const groups = Object.keys(codeDeploy);
    if (pipelines.length > 0) grantCodePipeline(this.#bundled, stack, pipelines, approvals.length > 0);
    for (const topic of approvals) topic.addSubscription(new LambdaSubscription(this.function));
    if (groups.length > 0) {
      grantCodeDeploy(this.#bundled, stack, groups);
      this.function.addEnvironment(ENV.codeDeployGroups, JSON.stringify(codeDeploy));
    }
    if (ecsServices.length > 0) grantEcs(this.#bundled, stack, ecsServices);
    if (stateMachines.length > 0) grantStepFunctions(this.#bundled, stack, stateMachines);
    // These ask once and wait.
    const waiting = [approvals, groups, ecsServices, stateMachines];
    if (waiting.some(({ length }) => length > 0)) this.#scheduleQuestions();
  }

  /** Under a token of its own: who may release need not read everything, and the other way round. */
  #openRoutes({ http }: WebAccess): ISecret {
    const token = new AccessToken(this, 'Token');
    token.grantRead(this.#bundled.role);
    this.function.addEnvironment(ENV.gateTokenArn, token.secret.secretArn);
    http.route('/gate/{proxy+}', [HttpMethod.ANY], this.function);
    return token.secret;
  }

  #alarm(operations: ITopic): void {
    new OperationsAlarm(this, 'Errors', {
      name: 'GateErrors',
      means: 'The gate fails: pipelines wait for an answer, or go on without one.',
      metric: this.function.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      // A pipeline stands behind each.
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
  }
}

/** JSON, written by hand: names are known at deployment only, and the library takes none of them as an object's key. */
const clustersByFunction = (snapshots: readonly Snapshots[]): string => {
  const entries = snapshots.map(
    ({ function: { functionName }, clusters }) =>
      `"${functionName}":${JSON.stringify(clusters.map(({ name }) => name))}`,
  );
  return `{${entries.join(',')}}`;
};
