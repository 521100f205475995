import { SluicegateError } from '../../core/errors.ts';
import { METADATA } from './api/metadata.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import { type ClusterLayout, layoutOf } from './cluster-layout.ts';
import type { Deadline } from './deadline.ts';
import type { Reading } from './reading.ts';

/** How long one seed may take; a frozen one must leave time for the next. */
const SEED_MS_MAX = 2_000;

/**
 * Asks the seeds in turn for Metadata. They are shuffled, so that one frozen seed does not tax every reading;
 * a broker that is connected already goes first. Throws when none answers, naming each and its reason.
 */
export async function findCluster(
  { pool, deadline: whole }: Pick<Reading, 'pool' | 'deadline'>,
  brokers: readonly BrokerAddress[],
): Promise<ClusterLayout> {
  const seeds = seedsInTurn(brokers, pool.openAddresses().at(-1));
  const failures: BrokerFailure[] = [];
  for (const [index, seed] of seeds.entries()) {
    const deadline = shareOf(whole, seeds.length - index);
    try {
      const layout = layoutOf(await pool.ask(seed, { api: METADATA, request: { topics: null }, deadline }));
      if (layout.brokers.size > 0) return layout;
      failures.push(stillStarting(seed));
    } catch (error) {
      if (!(error instanceof BrokerFailure)) throw error;
      // Another seed would refuse the same password, and enough refusals lock an account.
      if (error.code === 'SASL_AUTHENTICATION_FAILED') {
        throw new SluicegateError(error.verdict, error.message, { cause: error });
      }
      failures.push(error);
    }
  }
  throw noneAnswered(seeds.length, failures);
}

function seedsInTurn(
  brokers: readonly BrokerAddress[],
  connected: BrokerAddress | undefined,
): readonly BrokerAddress[] {
  const shuffled = brokers
    .map((address) => ({ address, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ address }) => address);
  const inTurn = connected === undefined ? shuffled : [connected, ...shuffled];
  return [...new Map(inTurn.map((address) => [renderAddress(address), address])).values()];
}

function shareOf(deadline: Deadline, seedsLeft: number): Deadline {
  // `ask` spends at most half of what it sees on connecting and half on the answer.
  const endsAt = performance.now() + Math.min(2 * SEED_MS_MAX, (2 * deadline.remainingMs()) / (seedsLeft + 1));
  return { remainingMs: () => Math.max(0, Math.min(deadline.remainingMs(), endsAt - performance.now())) };
}

function stillStarting(seed: BrokerAddress): BrokerFailure {
  return new BrokerFailure(
    { code: 'BROKER_NOT_AVAILABLE', verdict: 'BROKER_UNREACHABLE', brokerIsLost: false },
    `${renderAddress(seed)}: knows of no broker yet; it is starting`,
  );
}

/** The reason that leads furthest stands for all: what a person can change goes before what is merely down. */
function noneAnswered(tried: number, failures: readonly BrokerFailure[]): SluicegateError {
  const telling = failures.find(({ verdict }) => verdict !== 'BROKER_UNREACHABLE');
  const reasons = failures.map(({ message }) => message).join('; ');
  if (telling !== undefined) return new SluicegateError(telling.verdict, reasons, { cause: telling });
  const what = tried === 1 ? 'The broker cannot be reached' : `None of the ${tried} brokers can be reached`;
  return new SluicegateError(
    'BROKER_UNREACHABLE',
    `${what}: ${reasons}. Check addresses, ports, and the network between.`,
    {
      cause: failures[0],
    },
  );
}
