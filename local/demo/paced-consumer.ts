import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';

/** How a consumer works. */
export interface Pace {
  /** Messages a second of a partition, asked again all the time; Infinity: as fast as they come; 0: it is left alone. */
  readonly messagesPerS: (partition: number) => number;
  /** Resolves when a message is dealt with. `heartbeat` keeps the member in its group meanwhile. */
  readonly handle: (message: KafkaMessage, heartbeat: () => Promise<void>) => Promise<void>;
}

/** As fast as messages come, and no message is trouble. */
export const EASY: Pace = { messagesPerS: () => Number.POSITIVE_INFINITY, handle: async () => undefined };

const TICK_S = 0.2;
const COMMIT_INTERVAL_MS = 1_000;

/** Joins the group and works through the topic, one message after the other in each partition, committing every second. */
export async function runPaced(consumer: Consumer, topic: string, partitions: number, pace: Pace): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommitInterval: COMMIT_INTERVAL_MS,
    partitionsConsumedConcurrently: partitions,
    eachBatchAutoResolve: false,
    eachBatch: (payload) => workThrough(payload, pace),
  });
}

async function workThrough(payload: EachBatchPayload, { messagesPerS, handle }: Pace): Promise<void> {
  const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale } = payload;
  let done = 0;
  if (messagesPerS(batch.partition) === 0) {
    // Until the next rebalance. A batch that is not let go of would keep kafkajs from fetching for other partitions.
    payload.pause();
    return;
  }
  while (done < batch.messages.length && isRunning() && !isStale()) {
    const perTick = Math.max(1, Math.round(messagesPerS(batch.partition) * TICK_S));
    for (const message of batch.messages.slice(done, done + perTick)) {
      await handle(message, heartbeat);
      resolveOffset(message.offset);
      done += 1;
    }
    if (Number.isFinite(perTick)) await delay(TICK_S * 1_000);
    await heartbeat();
    await commitOffsetsIfNecessary();
  }
}
