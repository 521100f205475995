import { CfnOutput } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ConfigInput } from '../lambdas/config/config.ts';
import { jsonTopicOf } from '../lambdas/config/notice-channels.ts';
import { parseConfigForAws } from '../lambdas/config/on-aws.ts';
import { EvaluateFunction } from './evaluate-function.ts';
import { HistoryTable } from './history-table.ts';
import { byNetwork } from './network.ts';
import { NoEvaluationsAlarm } from './no-evaluations-alarm.ts';
import { SlackFunction } from './slack-function.ts';
import { SnapshotFunction } from './snapshot-function.ts';
import { stageConfig } from './staged-config.ts';
import { Topics } from './topics.ts';

export interface LagCheckerProps {
  /** What `sluicegate.config.json` holds; checked here, so that a mistake stops the synth and not the night. */
  readonly config: ConfigInput;
  /**
   * Encrypts the topics, where a policy asks for a key of one's own: 1 USD a month. Its policy must be open to
   * additions, as that of a key made by the CDK is. Default: Amazon's key for notices, SNS's disk encryption for alarms.
   */
  readonly topicKey?: IKey;
}

/** Watches the consumer groups of every configured cluster and tells when one is in trouble. */
export class LagChecker extends Construct {
  readonly table: ITable;
  /** Notices about groups, by the configured name of their topic. */
  readonly notices: ReadonlyMap<string, ITopic>;
  /** Alarms about sluicegate itself. */
  readonly operations: ITopic;

  constructor(scope: Construct, id: string, { config, topicKey }: LagCheckerProps) {
    super(scope, id);
    const { clusters, notices } = parseConfigForAws(config, `the config of ${this.node.path}`);
    const configFile = stageConfig(this, config);
    const { table } = new HistoryTable(this, 'History');
    const topics = new Topics(this, 'Topics', { names: notices.topics.map(({ name }) => name), key: topicKey ?? null });
    const { operations } = topics;
    const { eventBus, slack } = notices;
    const evaluate = new EvaluateFunction(this, 'Evaluate', { configFile, table, topics, eventBus }).function;
    const json = topics.notices.get(jsonTopicOf(notices.topics)?.name ?? '');
    if (slack !== null && json !== undefined) {
      new SlackFunction(this, 'Slack', { configFile, topic: json, webhookSecretArn: slack.webhook.secretArn });
    }
    for (const reads of byNetwork(clusters)) {
      new SnapshotFunction(this, `Snapshot${reads.id}`, { reads, configFile, table, evaluate });
    }
    for (const cluster of clusters) {
      new NoEvaluationsAlarm(this, `NoEvaluations-${cluster.name}`, { cluster, operations });
    }
    this.table = table;
    this.notices = topics.notices;
    this.operations = operations;
    new CfnOutput(this, 'TableName', { value: table.tableName });
    for (const [name, { topicArn }] of topics.notices) {
      new CfnOutput(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}TopicArn`, { value: topicArn });
    }
    new CfnOutput(this, 'OperationsTopicArn', { value: operations.topicArn });
  }
}
