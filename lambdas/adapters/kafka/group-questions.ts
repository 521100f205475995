import type { GroupType } from '../../core/cluster/group.ts';
import { CONSUMER_GROUP_DESCRIBE } from './api/consumer-group-describe.ts';
import { DESCRIBE_GROUPS } from './api/describe-groups.ts';
import { DESCRIBE_SHARE_GROUP_OFFSETS } from './api/describe-share-group-offsets.ts';
import type { KafkaApi } from './api/kafka-api.ts';
import { OFFSET_FETCH } from './api/offset-fetch.ts';
import { SHARE_GROUP_DESCRIBE } from './api/share-group-describe.ts';
import { STREAMS_GROUP_DESCRIBE } from './api/streams-group-describe.ts';
import type { BrokerAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import {
  classicDescriptionOf,
  consumerDescriptionOf,
  shareDescriptionOf,
  streamsDescriptionOf,
} from './group-descriptions.ts';
import type { Description, Outcome, Positions, Refusal } from './group-outcome.ts';
import { committedOf, shareProgressOf, type TopicKnowledge } from './group-positions.ts';
import { ask, type Reading } from './reading.ts';
import { MalformedBytes } from './wire/byte-reader.ts';

/** Groups per request: no chunk size between 100 and 10,000 was clearly faster, and this one bounds an answer's size. */
const GROUPS_PER_REQUEST = 500;

/** Asks one broker one thing about many groups that it coordinates. Every group gets an outcome; it never rejects. */
export type GroupQuestion<Answer> = (
  context: { readonly reading: Reading; readonly topics: TopicKnowledge },
  address: BrokerAddress,
  groups: readonly string[],
) => Promise<ReadonlyMap<string, Outcome<Answer>>>;

const committedOffsets = question(OFFSET_FETCH, committedOf);

/** Where groups stand, by their type. */
export const POSITIONS: Readonly<Record<GroupType, GroupQuestion<Positions>>> = {
  classic: committedOffsets,
  consumer: committedOffsets,
  streams: committedOffsets,
  share: question(DESCRIBE_SHARE_GROUP_OFFSETS, shareProgressOf),
};

/** Who is in groups, by their type: a describe call of another type answers `Dead`, or an error. */
export const DESCRIPTIONS: Readonly<Record<GroupType, GroupQuestion<Description>>> = {
  classic: question(DESCRIBE_GROUPS, classicDescriptionOf),
  consumer: question(CONSUMER_GROUP_DESCRIBE, consumerDescriptionOf),
  share: question(SHARE_GROUP_DESCRIBE, shareDescriptionOf),
  streams: question(STREAMS_GROUP_DESCRIBE, streamsDescriptionOf),
};

function question<Item extends { readonly group: string }, Answer>(
  api: KafkaApi<{ readonly groups: readonly string[] }, readonly Item[]>,
  answerOf: (item: Item, topics: TopicKnowledge) => Outcome<Answer>,
): GroupQuestion<Answer> {
  return async ({ reading, topics }, address, groups) => {
    const outcomes = new Map<string, Outcome<Answer>>();
    const askChunk = async (chunk: readonly string[]): Promise<void> => {
      let missing: Refusal = refused('MALFORMED_RESPONSE', `${api.name}: the answer leaves the group out`);
      try {
        const asked = new Set(chunk);
        for (const item of await ask(reading, address, api, { groups: chunk })) {
          if (!asked.has(item.group)) continue;
          outcomes.set(
            item.group,
            understood(item, () => answerOf(item, topics)),
          );
        }
      } catch (error) {
        if (!(error instanceof BrokerFailure)) throw error;
        missing = refused(error.code, `${api.name}: ${error.message}`, error.brokerIsLost);
      }
      for (const group of chunk) if (!outcomes.has(group)) outcomes.set(group, missing);
    };
    await Promise.all(chunksOf(groups).map(askChunk));
    return outcomes;
  };
}

/** One group that cannot be understood must not lose the others. */
function understood<Answer>({ group }: { readonly group: string }, answer: () => Outcome<Answer>): Outcome<Answer> {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    return refused('MALFORMED_RESPONSE', `group "${group}": ${error.message}`);
  }
}

function chunksOf(groups: readonly string[]): readonly string[][] {
  const count = Math.ceil(groups.length / GROUPS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    groups.slice(index * GROUPS_PER_REQUEST, (index + 1) * GROUPS_PER_REQUEST),
  );
}

function refused(code: string, message: string, retriable = false): Refusal {
  return { kind: 'refused', code, message, retriable };
}
