import type { PartitionLog } from '../../core/cluster/snapshot.ts';
import { LIST_OFFSETS, type ListedOffset, LOG_POSITION } from './api/list-offsets.ts';
import { METADATA } from './api/metadata.ts';
import type { BrokerAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import { byPartition } from './by-partition.ts';
import { type ClusterLayout, layoutOf, mergeLayouts } from './cluster-layout.ts';
import { errorName, isRetriable } from './error-codes.ts';
import { ask, askAny, type Reading } from './reading.ts';
import type { WantedPartitions } from './wanted-partitions.ts';

/** What is asked beyond log start and log end, each for one more request per broker. */
export interface ExtraQuestions {
  /** Where a read-committed consumer ends. */
  readonly lastStableOffset: boolean;
  /** The newest record's timestamp. */
  readonly newestRecord: boolean;
}

interface LogQuestion {
  readonly position: (typeof LOG_POSITION)[keyof typeof LOG_POSITION];
  readonly readCommitted: boolean;
  keep(log: LogRead, answer: ListedOffset): void;
}

/** The log of one partition as far as it is known; or why it is not. */
interface LogRead {
  start?: number;
  end?: number;
  stable?: number;
  newestAtMs?: number | null;
  refusal?: {
    readonly code: string;
    readonly message: string;
    readonly retriable: boolean;
    readonly brokerIsLost: boolean;
  };
}

type LogReads = Map<string, Map<number, LogRead>>;

/**
 * Offsets of the wanted partitions, each asked of its leader. Partitions whose leader moved are asked once more.
 * Topics that do not exist (any more) are left out; all else that could not be read is among the failures.
 */
export async function readLogs(
  reading: Reading,
  layout: ClusterLayout,
  { wanted, extra }: { wanted: WantedPartitions; extra: ExtraQuestions },
): Promise<ReadonlyMap<string, readonly (PartitionLog | null)[]>> {
  const complete = await withMissingTopics(reading, layout, wanted);
  const questions = questionsFor(extra);
  const reads = await askLeaders(reading, complete, { wanted, questions });
  const passing = stillWanted(reads, ({ refusal }) => refusal?.retriable === true);
  let latest = complete;
  if (passing.size > 0) {
    latest = await refreshed(reading, complete, [...passing.keys()]);
    for (const [topic, partitions] of await askLeaders(reading, latest, { wanted: passing, questions })) {
      for (const [partition, log] of partitions) reads.get(topic)?.set(partition, log);
    }
  }
  reportRefusals(reading, reads);
  return logsOf(reads, latest);
}

/** In an order that keeps start ≤ stable end ≤ end: a broker answers one connection's requests one after the other. */
function questionsFor({ lastStableOffset, newestRecord }: ExtraQuestions): readonly LogQuestion[] {
  const start: LogQuestion = {
    position: LOG_POSITION.earliest,
    readCommitted: false,
    keep: (log, { offset }) => {
      log.start = offset;
    },
  };
  const stable: LogQuestion = {
    position: LOG_POSITION.latest,
    readCommitted: true,
    keep: (log, { offset }) => {
      log.stable = offset;
    },
  };
  const end: LogQuestion = {
    position: LOG_POSITION.latest,
    readCommitted: false,
    keep: (log, { offset }) => {
      log.end = offset;
    },
  };
  const newest: LogQuestion = {
    position: LOG_POSITION.newestRecord,
    readCommitted: false,
    keep: (log, { timestampMs }) => {
      log.newestAtMs = timestampMs < 0 ? null : timestampMs;
    },
  };
  return [start, ...(lastStableOffset ? [stable] : []), end, ...(newestRecord ? [newest] : [])];
}

/**
 * Metadata of all topics leaves out, without a word, those that the principal may not describe. Asked by name,
 * Kafka tells a denied topic from a deleted one.
 */
async function withMissingTopics(
  reading: Reading,
  layout: ClusterLayout,
  wanted: WantedPartitions,
): Promise<ClusterLayout> {
  const missing = [...wanted.keys()].filter((topic) => layout.topics.get(topic)?.errorCode !== 0);
  return missing.length === 0 ? layout : refreshed(reading, layout, missing);
}

async function refreshed(reading: Reading, layout: ClusterLayout, topics: readonly string[]): Promise<ClusterLayout> {
  const metadata = await askAny(reading, layout.brokers.values(), METADATA, { topics });
  return metadata === null ? layout : mergeLayouts(layout, layoutOf(metadata));
}

async function askLeaders(
  reading: Reading,
  layout: ClusterLayout,
  { wanted, questions }: { wanted: WantedPartitions; questions: readonly LogQuestion[] },
): Promise<LogReads> {
  const reads: LogReads = new Map();
  const byLeader = new Map<number, Map<string, number[]>>();
  for (const [topic, partitions] of wanted) {
    const { errorCode, leaders } = layout.topics.get(topic) ?? { errorCode: 0, leaders: [] };
    const logs = new Map<number, LogRead>();
    for (const partition of partitions) {
      const leader = leaders[partition];
      if (errorCode !== 0) refuseTopic(logs, topic, { partition, errorCode });
      else if (leader === null || (leader !== undefined && !layout.brokers.has(leader)))
        refuseLeaderless(logs, topic, partition);
      else if (leader !== undefined) {
        logs.set(partition, {});
        addTo(byLeader, leader, { topic, partition });
      }
    }
    if (logs.size > 0) reads.set(topic, logs);
  }
  await Promise.all(
    [...byLeader].flatMap(([leader, topics]) => {
      const address = layout.brokers.get(leader);
      return address === undefined
        ? []
        : questions.map((question) => askLeader(reading, address, { topics, question, reads }));
    }),
  );
  return reads;
}

async function askLeader(
  reading: Reading,
  address: BrokerAddress,
  {
    topics,
    question,
    reads,
  }: { topics: ReadonlyMap<string, readonly number[]>; question: LogQuestion; reads: LogReads },
): Promise<void> {
  const { position, readCommitted } = question;
  const timeoutMs = Math.ceil(reading.deadline.remainingMs() / 2);
  try {
    for (const { topic, partitions } of await ask(reading, address, LIST_OFFSETS, {
      topics,
      position,
      readCommitted,
      timeoutMs,
    })) {
      const logs = reads.get(topic);
      for (const answer of partitions) {
        const log = logs?.get(answer.partition);
        if (log !== undefined) keepAnswer(log, { topic, answer, question });
      }
    }
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    const refusal = {
      code: error.code,
      message: error.message,
      retriable: error.brokerIsLost,
      brokerIsLost: error.brokerIsLost,
    };
    for (const [topic, partitions] of topics)
      for (const partition of partitions) reads.get(topic)?.set(partition, { refusal });
  }
}

function keepAnswer(
  log: LogRead,
  { topic, answer, question }: { topic: string; answer: ListedOffset; question: LogQuestion },
): void {
  if (log.refusal !== undefined) return;
  const where = `partition ${topic}/${answer.partition}`;
  if (answer.errorCode !== 0) {
    const code = errorName(answer.errorCode);
    const retriable = isRetriable(answer.errorCode);
    log.refusal = { code, message: `ListOffsets of ${where}: ${code}`, retriable, brokerIsLost: false };
  } else if (!Number.isSafeInteger(answer.offset)) {
    log.refusal = {
      code: 'OFFSET_TOO_LARGE',
      message: `${where}: offset beyond 2^53`,
      retriable: false,
      brokerIsLost: false,
    };
  } else {
    question.keep(log, answer);
  }
}

/** UNKNOWN_TOPIC_OR_PARTITION */
const GONE = 3;

function refuseTopic(
  logs: Map<number, LogRead>,
  topic: string,
  { partition, errorCode }: { partition: number; errorCode: number },
): void {
  if (errorCode === GONE) return;
  const code = errorName(errorCode);
  const advice = code === 'TOPIC_AUTHORIZATION_FAILED' ? ': grant this principal Describe on the topic' : '';
  logs.set(partition, {
    refusal: { code, message: `Metadata of topic "${topic}": ${code}${advice}`, retriable: false, brokerIsLost: false },
  });
}

function refuseLeaderless(logs: Map<number, LogRead>, topic: string, partition: number): void {
  logs.set(partition, {
    refusal: {
      code: 'LEADER_NOT_AVAILABLE',
      message: `partition ${topic}/${partition} has no leader: the brokers with its replicas are down`,
      retriable: false,
      brokerIsLost: false,
    },
  });
}

function addTo(
  byLeader: Map<number, Map<string, number[]>>,
  leader: number,
  { topic, partition }: { topic: string; partition: number },
): void {
  const topics = byLeader.get(leader) ?? new Map<string, number[]>();
  byLeader.set(leader, topics);
  const partitions = topics.get(topic);
  if (partitions === undefined) topics.set(topic, [partition]);
  else partitions.push(partition);
}

function stillWanted(reads: LogReads, wants: (log: LogRead) => boolean): WantedPartitions {
  const wanted = new Map<string, Set<number>>();
  for (const [topic, logs] of reads) {
    const partitions = [...logs].filter(([, log]) => wants(log)).map(([partition]) => partition);
    if (partitions.length > 0) wanted.set(topic, new Set(partitions));
  }
  return wanted;
}

/** Partitions of a lost broker are covered by the broker's own failure: one cause, one entry. */
function reportRefusals({ failures }: Reading, reads: LogReads): void {
  for (const [topic, logs] of reads) {
    for (const [partition, { refusal }] of logs) {
      if (refusal !== undefined && !refusal.brokerIsLost)
        failures.add({ part: 'partition', topic, partition }, refusal);
    }
  }
}

function logsOf(reads: LogReads, layout: ClusterLayout): ReadonlyMap<string, readonly (PartitionLog | null)[]> {
  const entries = [...reads].map(([topic, logs]) => {
    const pairs = [...logs].map(([partition, log]) => [partition, partitionLogOf(log)] as const);
    return [topic, byPartition(pairs, layout.topics.get(topic)?.leaders.length ?? 0)] as const;
  });
  return new Map(entries);
}

function partitionLogOf({ start, end, stable, newestAtMs, refusal }: LogRead): PartitionLog | null {
  if (refusal !== undefined || start === undefined || end === undefined) return null;
  return {
    logStartOffset: start,
    logEndOffset: end,
    ...(stable === undefined ? {} : { lastStableOffset: stable }),
    ...(newestAtMs === undefined ? {} : { newestRecordAtMs: newestAtMs }),
  };
}
