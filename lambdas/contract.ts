/** Names that the infrastructure and the functions share. Nothing else may spell them out. */
export const ENV = {
  table: 'SLUICEGATE_TABLE',
  topicArn: 'SLUICEGATE_TOPIC_ARN',
} as const;

/** The one table's key attributes. */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', expiresAtS: 'expiresAtS' } as const;
