import { Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Artifact, type IAction, Pipeline, PipelineType, Result } from 'aws-cdk-lib/aws-codepipeline';
import { EcsDeployAction, S3SourceAction, S3Trigger } from 'aws-cdk-lib/aws-codepipeline-actions';
import { BaseService, type IBaseService } from 'aws-cdk-lib/aws-ecs';
import { BlockPublicAccess, Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DeployGate } from '../deploy-gate.ts';
import type { GatedRelease } from '../gated-release.ts';
import { LagChecker } from '../lag-checker.ts';

const RELEASE: GatedRelease = {
  group: 'billing',
  strategy: 'rolling',
  // As the consumers of the new version call themselves: `billing-…-v2-…`.
  newVersion: { client: '-v2-' },
  deadline: Duration.minutes(45),
  onInconclusive: 'rollback',
  onLowTraffic: 'promote',
};

/** The gate's rights are for these names. */
const JUDGED = 'billing-judged';
const APPROVED = 'billing-approved';

/**
 * An example: two pipelines that deploy a consumer to ECS. In one the gate is an action, and what it refuses is rolled
 * back by the stage; in the other it answers a manual approval, and leaves to a human what it can't tell.
 */
export class PipelinesExample extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const lagChecker = new LagChecker(this, 'LagChecker', {
      config: { clusters: [{ name: 'prod', brokers: ['broker-1.example:9092'] }] },
    });
    const gate = new DeployGate(this, 'DeployGate', { lagChecker, pipelines: [JUDGED, APPROVED] });
    const bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      serverAccessLogsPrefix: 'access/',
    });
    const service = BaseService.fromServiceArnWithCluster(
      this,
      'Service',
      this.formatArn({ service: 'ecs', resource: 'service', resourceName: 'consumers/billing' }),
    );
    const parts = { bucket, service };
    this.#pipeline(JUDGED, parts, (deploy) => [
      gate.startAction({ pipeline: JUDGED, release: RELEASE, runOrder: 1 }),
      deploy(2),
      gate.judgeAction({ pipeline: JUDGED, release: RELEASE, runOrder: 3 }),
    ]);
    const release: GatedRelease = { ...RELEASE, onInconclusive: 'manual' };
    this.#pipeline(APPROVED, parts, (deploy) => [
      gate.startAction({ pipeline: APPROVED, release, runOrder: 1 }),
      deploy(2),
      gate.approval({ pipeline: APPROVED, stage: 'Deploy', release, runOrder: 3, timeout: Duration.hours(4) }),
    ]);
  }

  #pipeline(
    pipelineName: string,
    { bucket, service }: { readonly bucket: Bucket; readonly service: IBaseService },
    actions: (deploy: (runOrder: number) => IAction) => IAction[],
  ): void {
    const source = new Artifact('Source');
    const bucketKey = `${pipelineName}.zip`;
    const pipeline = new Pipeline(this, pipelineName, {
      pipelineName,
      pipelineType: PipelineType.V2,
      artifactBucket: bucket,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new S3SourceAction({ actionName: 'Image', bucket, bucketKey, output: source, trigger: S3Trigger.NONE }),
          ],
        },
        {
          stageName: 'Deploy',
          actions: actions(
            (runOrder) => new EcsDeployAction({ actionName: 'Deploy', service, input: source, runOrder }),
          ),
          onFailure: { result: Result.ROLLBACK },
        },
      ],
    });
    const onArtifacts = ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'].map(
      (action) => `Action::s3:${action}*`,
    );
    const artifacts = `Resource::<${this.getLogicalId(bucket.node.defaultChild as CfnBucket)}.Arn>/*`;
    for (const wildcard of [...onArtifacts, artifacts, 'Resource::*']) {
      Validations.of(pipeline).acknowledge({
        id: `AwsSolutions::AwsSolutions-IAM5[${wildcard}]`,
        reason:
          'What the library grants a pipeline for its artifacts, and its action for ECS, whose tasks have no name yet.',
      });
    }
  }
}
