import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';

const TIMEOUT_MS = 60_000;
const RETRY_MS = 100;

/**
 * Waits until the broker answers and lists itself among at least `count` brokers: an open port says little, and a
 * broker that stands alone would give replicated topics too few replicas.
 *
 * Null when it does, else what did not happen.
 */
export async function awaitBrokers(broker: string, count: number, signal?: AbortSignal): Promise<string | null> {
  const endMs = performance.now() + TIMEOUT_MS;
  let seen = 'no answer';
  while (performance.now() < endMs && !signal?.aborted) {
    const listed = await brokersListedBy(broker);
    if (listed.includes(broker) && listed.length >= count) return null;
    if (listed.length > 0) seen = `it lists only ${listed.join(', ')}`;
    await delay(RETRY_MS);
  }
  return `${broker} was not ready within ${TIMEOUT_MS / 1000} s: ${seen}`;
}

/** Empty while it does not answer. */
async function brokersListedBy(broker: string): Promise<readonly string[]> {
  const retry = { retries: 0 };
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, requestTimeout: 2_000, retry });
  const admin = kafka.admin({ retry });
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.map(({ host, port }) => `${host}:${port}`);
  } catch {
    return [];
  } finally {
    await admin.disconnect();
  }
}
