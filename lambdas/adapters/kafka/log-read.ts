import type { PartitionLog } from '../../core/cluster/snapshot.ts';
import type { ListedOffset } from './api/list-offsets.ts';
import { errorName, isRetriable } from './error-codes.ts';
import type { LogQuestion } from './log-questions.ts';

/** The log of one partition as far as it is known by now, or why it is not. */
export interface LogRead {
  known: Partial<PartitionLog>;
  refusal: LogRefusal | null;
}

export interface LogRefusal {
  readonly code: string;
  readonly message: string;
  /** Asking again, after a look at who leads the partition now, can help. */
  readonly retriable: boolean;
  /** The broker as a whole failed, which stands among the failures already: one cause, one entry. */
  readonly isOfBroker: boolean;
}

/** By topic and partition. */
export type LogReads = Map<string, Map<number, LogRead>>;

/** Takes one answer about one partition; the first refusal stands. */
export function keepAnswer(
  log: LogRead,
  { topic, answer, question }: { topic: string; answer: ListedOffset; question: LogQuestion },
): void {
  if (log.refusal !== null) return;
  const where = `partition ${topic}/${answer.partition}`;
  if (answer.errorCode !== 0) {
    const code = errorName(answer.errorCode);
    log.refusal = refusal(code, `ListOffsets of ${where}: ${code}`, isRetriable(answer.errorCode));
  } else if (!Number.isSafeInteger(answer.offset)) {
    log.refusal = refusal('OFFSET_TOO_LARGE', `${where}: offset beyond 2^53`);
  } else {
    log.known = { ...log.known, ...question.read(answer) };
  }
}

/** What Metadata says against a whole topic. */
export function refusedTopic(topic: string, errorCode: number): LogRead {
  const code = errorName(errorCode);
  const advice = code === 'TOPIC_AUTHORIZATION_FAILED' ? ': grant this principal Describe on the topic' : '';
  return { known: {}, refusal: refusal(code, `Metadata of topic "${topic}": ${code}${advice}`) };
}

export function leaderless(topic: string, partition: number): LogRead {
  const message = `partition ${topic}/${partition} has no leader: the brokers with its replicas are down`;
  return { known: {}, refusal: refusal('LEADER_NOT_AVAILABLE', message) };
}

/** Null: it could not be read whole. */
export function partitionLogOf({ known, refusal: refused }: LogRead): PartitionLog | null {
  const { logStartOffset, logEndOffset } = known;
  if (refused !== null || logStartOffset === undefined || logEndOffset === undefined) return null;
  return { ...known, logStartOffset, logEndOffset };
}

/** What stands against a partition that is null in the snapshot. */
export function refusalOf(log: LogRead, topic: string, partition: number): LogRefusal | null {
  if (log.refusal !== null || partitionLogOf(log) !== null) return log.refusal;
  return refusal('MALFORMED_RESPONSE', `ListOffsets: an answer leaves partition ${topic}/${partition} out`);
}

function refusal(code: string, message: string, retriable = false): LogRefusal {
  return { code, message, retriable, isOfBroker: false };
}
