import { CfnOutput } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Connections, type IConnectable } from 'aws-cdk-lib/aws-ec2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { restoreAccessOf } from '../lambdas/config/cluster.ts';
import type { Config } from '../lambdas/config/config.ts';
import { jsonTopicOf } from '../lambdas/config/notice-channels.ts';
import type { FunctionSettings } from './bundled-function.ts';
import { EvaluateFunction } from './evaluate-function.ts';
import { FunctionAlarms } from './function-alarms.ts';
import { HistoryTable } from './history-table.ts';
import { checkedConfig, type LagCheckerProps } from './lag-checker-props.ts';
import { byNetwork, type Network, type NetworkClusters } from './network.ts';
import { NoEvaluationsAlarm } from './no-evaluations-alarm.ts';
import { OperationsDashboard } from './operations-dashboard.ts';
import { RestoreFunction } from './restore-function.ts';
import { SlackFunction } from './slack-function.ts';
import { SnapshotFunction } from './snapshot-function.ts';
import { stageConfig } from './staged-config.ts';
import { Topics } from './topics.ts';
import { usualNetwork } from './usual-network.ts';
import { WebAccess } from './web-access.ts';

/** The functions that read clusters, each with those that it reads. */
export interface Snapshots extends NetworkClusters {
  readonly function: IFunction;
}

/** Watches the consumer groups of every configured cluster and tells when one is in trouble. */
export class LagChecker extends Construct implements IConnectable {
  readonly table: TableV2;
  /** Notices about groups, by the configured name of their topic. */
  readonly notices: ReadonlyMap<string, ITopic>;
  /** Alarms about sluicegate itself. */
  readonly operations: ITopic;
  /** The way in over HTTPS; null: not wanted. */
  readonly web: WebAccess | null;
  readonly snapshots: readonly Snapshots[];
  /** Of networks with clusters that have `restore`: what puts offsets back. Grant its invocation to nobody lightly. */
  readonly restores: readonly IFunction[];
  /** Of what reads clusters in `vpc`: `brokers.connections.allowFrom(lag, Port.tcp(9098))`. */
  readonly connections: Connections;
  /** What other functions of the stack share with these. */
  readonly settings: FunctionSettings;
  readonly config: Config;

  constructor(scope: Construct, id: string, props: LagCheckerProps) {
    super(scope, id);
    this.config = checkedConfig(this, props);
    const { notices } = this.config;
    this.settings = {
      configFile: stageConfig(this, props.config),
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      tracing: props.tracing ?? false,
    };
    this.table = new HistoryTable(this, 'History').table;
    const topics = new Topics(this, 'Topics', {
      names: notices.topics.map(({ name }) => name),
      operations: props.operationsTopic ?? null,
      key: props.topicKey ?? null,
    });
    this.notices = topics.notices;
    this.operations = topics.operations;
    const { settings, table } = this;
    const { eventBus } = notices;
    const evaluate = new EvaluateFunction(this, 'Evaluate', { settings, table, topics, eventBus }).function;
    const usual = usualNetwork(this, props);
    this.connections = new Connections({ securityGroups: [...(usual?.groups ?? [])] });
    this.snapshots = this.#snapshots(usual?.network ?? null, evaluate);
    this.restores = this.#restores(usual?.network ?? null);
    this.web = (props.httpApi ?? true) ? new WebAccess(this, 'Web', { settings, table }) : null;
    this.#slack();
    this.#watch(evaluate, props.dashboard ?? false);
    this.#output();
  }

  #snapshots(usual: Network | null, evaluate: IFunction): readonly Snapshots[] {
    const { settings, table } = this;
    return byNetwork(this.config.clusters, usual).map((reads) => ({
      ...reads,
      function: new SnapshotFunction(this, `Snapshot${reads.id}`, { reads, settings, table, evaluate }).function,
    }));
  }

  #restores(usual: Network | null): readonly IFunction[] {
    const { settings, table } = this;
    return byNetwork(this.config.clusters, usual).flatMap(({ id, network, clusters: all }) => {
      const clusters = all.flatMap((cluster) => restoreAccessOf(cluster) ?? []);
      if (clusters.length === 0) return [];
      return [new RestoreFunction(this, `Restore${id}`, { clusters, network, settings, table }).function];
    });
  }

  #slack(): void {
    const { slack, topics } = this.config.notices;
    const topic = this.notices.get(jsonTopicOf(topics)?.name ?? '');
    if (slack === null || topic === undefined) return;
    const { settings, operations } = this;
    new SlackFunction(this, 'Slack', { settings, topic, operations, webhookSecretArn: slack.webhook.secretArn });
  }

  #watch(evaluate: IFunction, dashboard: boolean): void {
    const { operations, table, config, web } = this;
    const { clusters } = config;
    for (const cluster of clusters) {
      new NoEvaluationsAlarm(this, `NoEvaluations-${cluster.name}`, { cluster, operations });
    }
    const snapshots = Object.fromEntries(this.snapshots.map(({ id, function: one }) => [`snapshot${id}`, one]));
    new FunctionAlarms(this, 'Functions', { evaluate, clusters, operations });
    const functions = { ...snapshots, evaluate, ...(web && { api: web.function }) };
    if (dashboard) new OperationsDashboard(this, 'Dashboard', { clusters, functions, table });
  }

  #output(): void {
    const { table, notices, operations, web } = this;
    new CfnOutput(this, 'TableName', { value: table.tableName });
    for (const [name, { topicArn }] of notices) {
      new CfnOutput(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}TopicArn`, { value: topicArn });
    }
    for (const [index, { functionName }] of this.restores.entries()) {
      new CfnOutput(this, `RestoreFunctionName${index === 0 ? '' : index + 1}`, { value: functionName });
    }
    new CfnOutput(this, 'OperationsTopicArn', { value: operations.topicArn });
    if (web === null) return;
    new CfnOutput(this, 'Url', { value: web.url });
    new CfnOutput(this, 'TokenSecretName', { value: web.token.secretName });
  }
}
