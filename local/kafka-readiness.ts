import { setTimeout as delay } from 'node:timers/promises';
import { METADATA } from '../lambdas/adapters/kafka/api/metadata.ts';
import { parseAddress, renderAddress } from '../lambdas/adapters/kafka/broker-address.ts';
import { openBrokerConnection } from '../lambdas/adapters/kafka/broker-connection.ts';
import { BrokerFailure } from '../lambdas/adapters/kafka/broker-failure.ts';
import { deadlineIn } from '../lambdas/adapters/kafka/deadline.ts';

const TIMEOUT_MS = 60_000;
const RETRY_MS = 100;
const ANSWER_MS = 4_000;

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
  const deadline = deadlineIn(ANSWER_MS);
  const { connection, ready } = openBrokerConnection(
    { brokers: [broker], tls: null, authentication: { mechanism: 'none' } },
    parseAddress(broker),
  );
  try {
    await ready(deadline);
    const { brokers } = await connection.ask(METADATA, { topics: [] }, deadline.remainingMs());
    return brokers.map(renderAddress);
  } catch (error) {
    if (error instanceof BrokerFailure) return [];
    throw error;
  } finally {
    connection.close();
  }
}
