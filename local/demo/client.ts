import { type Consumer, Kafka, logLevel } from 'kafkajs';

/** A client that keeps its troubles to itself: the demo is about what sluicegate sees of them. */
export function demoKafka(brokers: readonly string[], clientId: string, retries = 20): Kafka {
  const retry = { initialRetryTime: 200, maxRetryTime: 2_000, retries };
  return new Kafka({ brokers: [...brokers], clientId, logLevel: logLevel.NOTHING, retry });
}

/** A member of a group, with timeouts short enough for a story of three minutes. It is not running yet. */
export function demoConsumer(kafka: Kafka, groupId: string): Consumer {
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 6_000,
    rebalanceTimeout: 6_000,
    heartbeatInterval: 1_000,
    // One answer a second, with all that has come by then: a commit follows each.
    maxWaitTimeInMs: 1_000,
    minBytes: 1_000_000,
    // Small helpings for the one that has a long backlog, yet more than a burst: a broker gives a batch that is larger
    // than this to one partition only, and the others would wait for it.
    maxBytesPerPartition: 131_072,
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) throw error;
  });
  return consumer;
}

/** Resolves when these consumers of one group have committed every one of `partitions` partitions. */
export function firstCommits(consumers: readonly Consumer[], partitions: number): Promise<void> {
  const committed = new Set<number>();
  return new Promise((resolve) => {
    for (const consumer of consumers) {
      consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload: { topics } }) => {
        for (const { partition } of topics.flatMap((topic) => topic.partitions)) committed.add(partition);
        if (committed.size >= partitions) resolve();
      });
    }
  });
}
