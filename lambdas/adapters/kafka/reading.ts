import type { KafkaApi } from './api/kafka-api.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import type { ConnectionPool } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import type { FailureLog } from './failure-log.ts';

/** What every step of one reading shares. */
export interface Reading {
  readonly pool: ConnectionPool;
  readonly deadline: Deadline;
  readonly failures: FailureLog;
  readonly allowsGroup: (group: string) => boolean;
  readonly allowsTopic: (topic: string) => boolean;
}

/**
 * One question to one broker within the reading's deadline. Rejects with a `BrokerFailure`;
 * a broker that is lost is then among the reading's failures.
 */
export async function ask<Request, Response>(
  { pool, deadline, failures }: Reading,
  address: BrokerAddress,
  api: KafkaApi<Request, Response>,
  request: Request,
): Promise<Response> {
  try {
    return await pool.ask(address, { api, request, deadline });
  } catch (error) {
    if (error instanceof BrokerFailure && error.brokerIsLost) failures.addBroker(renderAddress(address), error);
    throw error;
  }
}

/** Asks one broker after the other until one answers; null: none did. Lost brokers cost no time. */
export async function askAny<Request, Response>(
  reading: Reading,
  addresses: Iterable<BrokerAddress>,
  api: KafkaApi<Request, Response>,
  request: Request,
): Promise<Response | null> {
  for (const address of addresses) {
    try {
      return await ask(reading, address, api, request);
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
    }
  }
  return null;
}
