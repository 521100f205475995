import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import { ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../lambdas/contract.ts';
import { BundledFunction } from './bundled-function.ts';
import type { LagChecker, Snapshots } from './lag-checker.ts';
import { OperationsAlarm } from './operations-alarm.ts';

export interface DeployGateProps {
  /** Whose history and clusters it judges by. */
  readonly lagChecker: LagChecker;
  /**
   * Names of the pipelines of CodePipeline that ask it, by a Lambda action: it reports their jobs' results, and looks
   * whether they roll back. Names, since a pipeline names the gate too, and each would have to be made first.
   * Default: none, and it has no right there.
   */
  readonly pipelines?: readonly string[];
}

/**
 * Answers pipelines: may this release go on, or must it go back? It reads the history, keeps the ledger of releases, and
 * has `snapshot` take a reading when a release begins. It cannot reach a broker, and changes nothing but its ledger.
 */
export class DeployGate extends Construct {
  /** What pipelines invoke: `gate.function.grantInvoke(pipelineRole)`. */
  readonly function: IFunction;

  constructor(scope: Construct, id: string, { lagChecker, pipelines = [] }: DeployGateProps) {
    super(scope, id);
    const { settings, table, snapshots, operations } = lagChecker;
    const bundled = new BundledFunction(this, 'Bundled', {
      ...settings,
      bundle: 'gate',
      description: 'sluicegate: judges releases',
      environment: { [ENV.table]: table.tableName, [ENV.snapshotFunctions]: clustersByFunction(snapshots) },
    });
    this.function = bundled.function;
    table.grant(
      bundled.role,
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
    );
    const resources = snapshots.map(({ function: { functionArn } }) => functionArn);
    bundled.role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    grantPipelines(pipelines, bundled);
    // Its state is in the ledger: asking again is safe, but CodePipeline and the others ask again by themselves.
    bundled.function.configureAsyncInvoke({ retryAttempts: 0 });
    new OperationsAlarm(this, 'Errors', {
      name: 'GateErrors',
      means: 'The gate fails: pipelines wait for an answer, or go on without one.',
      metric: bundled.function.metricErrors({ period: Duration.minutes(5), statistic: Stats.SUM }),
      // A pipeline stands behind each.
      threshold: 1,
      comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      periods: 1,
      missing: TreatMissingData.NOT_BREACHING,
      operations,
    });
    new CfnOutput(this, 'FunctionName', { value: bundled.function.functionName });
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

function grantPipelines(names: readonly string[], bundled: BundledFunction): void {
  if (names.length === 0) return;
  const { stack } = bundled.function;
  const resources = names.map((resource) => stack.formatArn({ service: 'codepipeline', resource }));
  bundled.role.addToPolicy(new PolicyStatement({ actions: ['codepipeline:GetPipelineExecution'], resources }));
  const actions = ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'];
  const policy = new Policy(bundled, 'JobResults', {
    roles: [bundled.role],
    statements: [new PolicyStatement({ actions, resources: ['*'] })],
  });
  Validations.of(policy).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'CodePipeline knows no resource for the results of jobs; whoever reports one must have been given its id.',
  });
}
