import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import { type InOrderOffsets, inOrderOffsets } from './in-order-offsets.ts';
import { workerPool } from './worker-pool.ts';

const WORKERS = 8;
const COMMIT_EVERY_MS = 1_000;

/** Joins the group and hands messages to a pool of workers; every second it commits what is done, in order. */
export async function runPooled(consumer: Consumer, topic: string): Promise<void> {
  const pool = workerPool(WORKERS);
  let progress = new Map<number, InOrderOffsets>();
  // Another assignment: what others may have read by now is not ours to commit.
  consumer.on(consumer.events.GROUP_JOIN, () => {
    progress = new Map();
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch: { partition, messages }, heartbeat }) => {
      const offsets = progress.get(partition) ?? inOrderOffsets();
      progress.set(partition, offsets);
      for (const message of messages) {
        const offset = Number(message.offset);
        offsets.take(offset);
        await pool.handOver(async () => {
          await delay(workMs(offset));
          offsets.finish(offset);
        });
        await heartbeat();
      }
    },
  });
  commitEverySecond(consumer, topic, () => progress);
}

/** Between 20 and 60 ms, in an order that lets messages overtake each other. */
const workMs = (offset: number): number => 20 + ((offset * 7) % 5) * 10;

function commitEverySecond(
  consumer: Consumer,
  topic: string,
  progress: () => ReadonlyMap<number, InOrderOffsets>,
): void {
  const committed = new Map<InOrderOffsets, number>();
  const commit = async (): Promise<void> => {
    const due = [...progress()].flatMap(([partition, offsets]) => {
      const offset = offsets.committable();
      return offset === null || offset === committed.get(offsets) ? [] : [{ partition, offset, offsets }];
    });
    if (due.length === 0) return;
    await consumer.commitOffsets(due.map(({ partition, offset }) => ({ topic, partition, offset: `${offset}` })));
    for (const { offsets, offset } of due) committed.set(offsets, offset);
  };
  // Refused while the group rebalances; the next second tries again.
  setInterval(() => void commit().catch(() => undefined), COMMIT_EVERY_MS);
}
