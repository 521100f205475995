/** Names that the infrastructure and the functions share. Nothing else may spell them out. */
export const ENV = {
  table: 'SLUICEGATE_TABLE',
  /** Of the configured notice topics, in their order, with spaces between. */
  topicArns: 'SLUICEGATE_TOPIC_ARNS',
  slackWebhookArn: 'SLUICEGATE_SLACK_WEBHOOK_ARN',
} as const;

/** The one table's key attributes. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', expiresAtS: 'expiresAtS' } as const;

/** The configuration: what people write, and the copy beside each function's code. */
export const CONFIG_FILE = 'sluicegate.config.json';

/** How notices are called on an event bus. */
export const EVENT = { source: 'sluicegate', notice: 'Kafka consumer group notice' } as const;

/** CloudWatch metrics, each by one dimension: one list for those who emit them, the alarms and the docs. */
export const METRICS = {
  /** Samples that one evaluation judged. */
  samplesJudged: { namespace: 'Sluicegate', metric: 'SamplesJudged', dimension: 'cluster' },
} as const;
