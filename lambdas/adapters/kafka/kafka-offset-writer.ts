import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterConnection } from '../../core/cluster/connection.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { CommittedOffset, GroupOffset, OffsetWriter } from '../../core/ports/offset-writer.ts';
import { FIND_COORDINATOR } from './api/find-coordinator.ts';
import { type CommittedTopic, OFFSET_COMMIT } from './api/offset-commit.ts';
import { type BrokerAddress, parseAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import { ConnectionPool } from './connection-pool.ts';
import { type Deadline, deadlineIn } from './deadline.ts';
import { errorName, isRetriable } from './error-codes.ts';
import { findCluster } from './find-cluster.ts';
import { refuseUnusableTls } from './tls-options.ts';

/** A coordinator that is loading its groups, or being elected, usually takes a moment. */
const COORDINATOR_WAIT_MS = 500;
const ATTEMPTS_MAX = 8;

/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: nothing was committed there. */
const ELSEWHERE: ReadonlySet<number> = new Set([14, 15, 16]);

interface Commit {
  readonly pool: ConnectionPool;
  readonly seeds: readonly BrokerAddress[];
  readonly group: string;
  readonly offsets: readonly GroupOffset[];
  readonly deadline: Deadline;
}

/** What one attempt came to: every offset's own outcome, or a coordinator that is not there (any more). */
type Attempt =
  | { readonly kind: 'answered'; readonly outcomes: readonly CommittedOffset[] }
  | { readonly kind: 'passing'; readonly code: string };

/**
 * Commits at the group's coordinator, which is looked up each time.
 * Throws CONFIG_INVALID for a broker address that is none, and for certificates that cannot be used.
 */
export function kafkaOffsetWriter(connection: ClusterConnection): OffsetWriter {
  const seeds = connection.brokers.map(parseAddress);
  if (connection.tls !== null) refuseUnusableTls(connection.tls);
  const pool = new ConnectionPool(connection);
  return {
    async commit({ group, offsets, deadlineMs }) {
      pool.beginReading();
      const commit = { pool, seeds, group, offsets, deadline: deadlineIn(deadlineMs) };
      for (let attempt = 1; ; attempt += 1) {
        const result = await attemptOnce(commit);
        if (result.kind === 'answered') return result.outcomes;
        if (attempt === ATTEMPTS_MAX || commit.deadline.remainingMs() < 2 * COORDINATOR_WAIT_MS) {
          throw new SluicegateError(
            'BROKER_UNREACHABLE',
            `group "${group}" has no coordinator to commit at (${result.code}); nothing was committed: try again in a minute`,
          );
        }
        await wait(COORDINATOR_WAIT_MS);
      }
    },

    async close() {
      pool.close();
    },
  };
}

async function attemptOnce(commit: Commit): Promise<Attempt> {
  const coordinator = await coordinatorOf(commit);
  return 'kind' in coordinator ? coordinator : commitAt(coordinator, commit);
}

async function coordinatorOf({ pool, seeds, group, deadline }: Commit): Promise<BrokerAddress | Attempt> {
  const { brokers } = await findCluster({ pool, deadline }, seeds);
  const [asked] = pool.openAddresses();
  if (asked === undefined) throw new Error('invariant: a cluster was found over a connection');
  const found = await orThrow(pool.ask(asked, { api: FIND_COORDINATOR, request: { groups: [group] }, deadline }), '');
  const { errorCode = 15, nodeId = -1 } = found.find((candidate) => candidate.group === group) ?? {};
  const address = brokers.get(nodeId);
  if (errorCode === 0 && address !== undefined) return address;
  if (errorCode === 0 || isRetriable(errorCode)) {
    return { kind: 'passing', code: errorName(errorCode === 0 ? 15 : errorCode) };
  }
  throw new SluicegateError(
    'BROKER_DENIED',
    `FindCoordinator of group "${group}": ${errorName(errorCode)}; nothing was committed: grant this principal Describe and Read on the group`,
  );
}

async function commitAt(address: BrokerAddress, { pool, group, offsets, deadline }: Commit): Promise<Attempt> {
  const topics = Map.groupBy(offsets, ({ topic }) => topic);
  const answer = await orThrow(
    pool.ask(address, { api: OFFSET_COMMIT, request: { group, topics }, deadline }),
    '. It is not known whether the offsets were taken: read them again',
  );
  const codes = codesIn(answer);
  const passing = offsets.map((offset) => codes.get(placeOf(offset)) ?? 0).find((code) => ELSEWHERE.has(code));
  if (passing !== undefined) return { kind: 'passing', code: errorName(passing) };
  const outcomes = offsets.map((offset) => {
    const code = codes.get(placeOf(offset));
    const error = code === undefined ? 'MALFORMED_RESPONSE' : code === 0 ? null : errorName(code);
    return { ...offset, error };
  });
  return { kind: 'answered', outcomes };
}

const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}/${partition}`;

function codesIn(answer: readonly CommittedTopic[]): ReadonlyMap<string, number> {
  return new Map(
    answer.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, errorCode }) => [placeOf({ topic, partition }), errorCode] as const),
    ),
  );
}

/** No other broker can answer instead: what one of them can't do is the caller's error. */
async function orThrow<Answer>(asked: Promise<Answer>, consequence: string): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    throw new SluicegateError(error.verdict, `${error.message}${consequence}`, { cause: error });
  }
}
