import { type Duration, Stack } from 'aws-cdk-lib';
import { ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { BundledFunction } from './bundled-function.ts';
import type { GatedRelease } from './gated-release.ts';

export interface GateApprovalProps {
  /** Names, which must be given to pipeline and stage: the gate's right to answer is for this one action. */
  readonly pipeline: string;
  readonly stage: string;
  /** Of which the gate approves a PROMOTE and rejects a ROLLBACK; `startAction` has begun it. */
  readonly release: GatedRelease;
  /** Default: 2. */
  readonly runOrder?: number;
  /** How long a human may take where the gate can't tell. Default: CodePipeline's 7 days. */
  readonly timeout?: Duration;
}

const ACTION = 'GateApproval';

/** The topic through which a manual approval asks the gate, and the gate's right to answer it. */
export class GateApproval extends Construct {
  readonly action: ManualApprovalAction;

  constructor(scope: Construct, id: string, gate: BundledFunction, props: GateApprovalProps) {
    super(scope, id);
    const { pipeline, stage, release, runOrder = 2, timeout } = props;
    const topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: `sluicegate: approvals of ${pipeline}` });
    topic.addSubscription(new LambdaSubscription(gate.function));
    const action = Stack.of(this).formatArn({
      service: 'codepipeline',
      resource: pipeline,
      resourceName: `${stage}/${ACTION}`,
    });
    new Policy(this, 'Answer', {
      roles: [gate.role],
      statements: [new PolicyStatement({ actions: ['codepipeline:PutApprovalResult'], resources: [action] })],
    });
    const { group, cluster, onInconclusive } = release;
    this.action = new ManualApprovalAction({
      actionName: ACTION,
      runOrder,
      timeout,
      notificationTopic: topic,
      additionalInformation: JSON.stringify({
        group,
        cluster,
        executionId: '#{codepipeline.PipelineExecutionId}',
        onInconclusive,
      }),
    });
  }
}
