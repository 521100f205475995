import { LIST_OFFSETS } from './api/list-offsets.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import type { ClusterLayout, TopicLayout } from './cluster-layout.ts';
import type { LogQuestion } from './log-questions.ts';
import { keepAnswer, type LogRead, type LogReads, leaderless, refusedTopic } from './log-read.ts';
import { ask, type Reading } from './reading.ts';
import type { WantedPartitions } from './wanted-partitions.ts';

/** UNKNOWN_TOPIC_OR_PARTITION: the topic was deleted, or there never was one. */
const GONE = 3;

const UNKNOWN_TOPIC: TopicLayout = { errorCode: GONE, leaders: [] };

/** By leader, then by topic, the partitions to ask it about: each once, or Kafka refuses the request. */
type Errands = Map<BrokerAddress, Map<string, number[]>>;

/** Asks every wanted partition's leader all questions. What does not exist is left out; what fails carries its reason. */
export async function askLeaders(
  reading: Reading,
  layout: ClusterLayout,
  { wanted, questions }: { wanted: WantedPartitions; questions: readonly LogQuestion[] },
): Promise<LogReads> {
  const { reads, errands } = errandsFor(wanted, layout);
  await Promise.all(
    [...errands].flatMap(([leader, topics]) =>
      questions.map((question) => askLeader(reading, leader, { topics, question, reads })),
    ),
  );
  return reads;
}

function errandsFor(wanted: WantedPartitions, layout: ClusterLayout): { reads: LogReads; errands: Errands } {
  const reads: LogReads = new Map();
  const errands: Errands = new Map();
  for (const [topic, partitions] of wanted) {
    const { errorCode, leaders } = layout.topics.get(topic) ?? UNKNOWN_TOPIC;
    if (errorCode === GONE) continue;
    const logs = new Map<number, LogRead>();
    for (const partition of partitions) {
      const nodeId = leaders[partition];
      const leader = layout.brokers.get(nodeId ?? -1);
      if (errorCode !== 0) logs.set(partition, refusedTopic(topic, errorCode));
      else if (nodeId === undefined) continue;
      else if (leader === undefined) logs.set(partition, leaderless(topic, partition));
      else {
        logs.set(partition, { known: {}, refusal: null });
        addErrand(errands, leader, { topic, partition });
      }
    }
    if (logs.size > 0) reads.set(topic, logs);
  }
  return { reads, errands };
}

function addErrand(
  errands: Errands,
  leader: BrokerAddress,
  { topic, partition }: { topic: string; partition: number },
): void {
  const topics = errands.get(leader) ?? new Map<string, number[]>();
  errands.set(leader, topics);
  const partitions = topics.get(topic);
  if (partitions === undefined) topics.set(topic, [partition]);
  else partitions.push(partition);
}

async function askLeader(
  reading: Reading,
  leader: BrokerAddress,
  {
    topics,
    question,
    reads,
  }: { topics: ReadonlyMap<string, readonly number[]>; question: LogQuestion; reads: LogReads },
): Promise<void> {
  const { position, readCommitted } = question;
  const timeoutMs = Math.ceil(reading.deadline.remainingMs() / 2);
  try {
    const answers = await ask(reading, leader, LIST_OFFSETS, { topics, position, readCommitted, timeoutMs });
    for (const { topic, partitions } of answers) {
      const logs = reads.get(topic);
      for (const answer of partitions) {
        const log = logs?.get(answer.partition);
        if (log !== undefined) keepAnswer(log, { topic, answer, question });
      }
    }
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    reading.failures.addBroker(renderAddress(leader), error);
    const refusal = { code: error.code, message: error.message, retriable: error.brokerIsLost, isOfBroker: true };
    for (const [topic, partitions] of topics) {
      for (const partition of partitions) reads.get(topic)?.set(partition, { known: {}, refusal });
    }
  }
}
