import { CfnOutput } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ConfigInput } from '../lambdas/config/config.ts';
import { parseConfigForAws } from '../lambdas/config/on-aws.ts';
import { EvaluateFunction } from './evaluate-function.ts';
import { HistoryTable } from './history-table.ts';
import { byNetwork } from './network.ts';
import { NoEvaluationsAlarm } from './no-evaluations-alarm.ts';
import { SnapshotFunction } from './snapshot-function.ts';
import { stageConfig } from './staged-config.ts';
import { Topics } from './topics.ts';

export interface LagCheckerProps {
  /** What `sluicegate.config.json` holds; checked here, so that a mistake stops the synth and not the night. */
  readonly config: ConfigInput;
}

/** Watches the consumer groups of every configured cluster and tells when one is in trouble. */
export class LagChecker extends Construct {
  readonly table: ITable;
  /** Notices about groups. */
  readonly notices: ITopic;
  /** Alarms about sluicegate itself. */
  readonly operations: ITopic;

  constructor(scope: Construct, id: string, { config }: LagCheckerProps) {
    super(scope, id);
    const { clusters } = parseConfigForAws(config, `the config of ${this.node.path}`);
    const configFile = stageConfig(this, config);
    const { table } = new HistoryTable(this, 'History');
    const topics = new Topics(this, 'Topics');
    const { notices, operations } = topics;
    const evaluate = new EvaluateFunction(this, 'Evaluate', { configFile, table, topics }).function;
    for (const reads of byNetwork(clusters)) {
      new SnapshotFunction(this, `Snapshot${reads.id}`, { reads, configFile, table, evaluate });
    }
    for (const cluster of clusters) {
      new NoEvaluationsAlarm(this, `NoEvaluations-${cluster.name}`, { cluster, operations });
    }
    this.table = table;
    this.notices = notices;
    this.operations = operations;
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'NoticesTopicArn', { value: notices.topicArn });
    new CfnOutput(this, 'OperationsTopicArn', { value: operations.topicArn });
  }
}
