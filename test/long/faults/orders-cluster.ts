import type { KafkaCluster } from '../../../local/kafka-cluster.ts';
import { commitOffsets } from '../../builders/committed-offsets.ts';
import { fillTopics } from '../../builders/kafka-data.ts';

const RECORDS = [3, 3, 3];
export const COMMITTED = [2, 2, 2];
export const GROUPS = Array.from({ length: 12 }, (_, index) => `group-${index}`);

/** A topic that every broker has, and groups spread over the brokers, which have read most of it. */
export async function fillOrders({ brokers }: KafkaCluster): Promise<void> {
  await fillTopics(brokers, { orders: RECORDS }, { replicas: 3 });
  const commits = GROUPS.map((group) => ({ group, offsets: { orders: COMMITTED } }));
  await commitOffsets(brokers[0] ?? '', commits);
}
