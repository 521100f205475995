/** Names that the infrastructure and the functions share. Nothing else may spell them out. */
export const ENV = {
  table: 'SLUICEGATE_TABLE',
  /** Of the configured notice topics, in their order, with spaces between. */
  topicArns: 'SLUICEGATE_TOPIC_ARNS',
  /** JSON: by function name, the clusters that this `snapshot` function reads. */
  snapshotFunctions: 'SLUICEGATE_SNAPSHOT_FUNCTIONS',
  /** Of the role by which the scheduler invokes `gate`, and the group that holds its one-shot schedules. */
  gateScheduleRoleArn: 'SLUICEGATE_GATE_SCHEDULE_ROLE_ARN',
  gateScheduleGroup: 'SLUICEGATE_GATE_SCHEDULE_GROUP',
  /** Of the secret whose text is the token of the routes under /gate/; absent: nobody is let in there. */
  gateTokenArn: 'SLUICEGATE_GATE_TOKEN_ARN',
  /** JSON: by `application/deployment group` of CodeDeploy, what its hooks say of a release; absent: none is wired. */
  codeDeployGroups: 'SLUICEGATE_CODE_DEPLOY_GROUPS',
  slackWebhookArn: 'SLUICEGATE_SLACK_WEBHOOK_ARN',
  /** Of the secret whose text is the bearer token of the HTTP API; absent on a laptop. */
  apiTokenArn: 'SLUICEGATE_API_TOKEN_ARN',
} as const;

/** The one table's key attributes. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', expiresAtS: 'expiresAtS' } as const;

/** The configuration: what people write, and the copy beside each function's code. */
export const CONFIG_FILE = 'sluicegate.config.json';

/** How notices are called on an event bus. */
export const EVENT = { source: 'sluicegate', notice: 'Kafka consumer group notice' } as const;

/** Every metric stands in this CloudWatch namespace. */
export const METRIC_NAMESPACE = 'Sluicegate';

/** A metric as CloudWatch knows it. */
export interface MetricName {
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds';
}

/** CloudWatch metrics by `cluster`: one list for those who emit them, the alarms and docs/metrics.md. */
export const METRICS = {
  groupsNotOk: { name: 'GroupsNotOk', unit: 'Count' },
  lagMessagesMax: { name: 'LagMessagesMax', unit: 'Count' },
  timeLagMsMax: { name: 'TimeLagMsMax', unit: 'Milliseconds' },
  /** One value for each sample that was judged: how many there are tells whether anything is judged at all. */
  sampleAge: { name: 'SampleAgeMs', unit: 'Milliseconds' },
  readFailures: { name: 'ReadFailures', unit: 'Count' },
} as const satisfies Record<string, MetricName>;

/** The same by `cluster` and `group`, of the groups that `cloudwatch.groups` names. */
export const GROUP_METRICS = {
  lagMessages: { name: 'LagMessages', unit: 'Count' },
  timeLagMs: { name: 'TimeLagMs', unit: 'Milliseconds' },
} as const satisfies Record<string, MetricName>;
