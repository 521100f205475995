import { setTimeout as wait } from 'node:timers/promises';
import { GROUP_TYPES, type GroupState, type GroupType } from '../../core/cluster/group.ts';
import { FIND_COORDINATOR } from './api/find-coordinator.ts';
import { LIST_GROUPS, type ListedGroup } from './api/list-groups.ts';
import { type BrokerAddress, renderAddress } from './broker-address.ts';
import { BrokerFailure } from './broker-failure.ts';
import type { ClusterLayout } from './cluster-layout.ts';
import { errorName, isRetriable } from './error-codes.ts';
import { groupStateOf } from './group-descriptions.ts';
import type { Description, Outcome, Positions } from './group-outcome.ts';
import type { TopicKnowledge } from './group-positions.ts';
import { DESCRIPTIONS, type GroupQuestion, POSITIONS } from './group-questions.ts';
import { ask, askAny, type Reading } from './reading.ts';

/** What was learnt about one listed group. */
export interface GroupRead extends GroupToRead {
  readonly positions: Outcome<Positions>;
  readonly description: Outcome<Description>;
}

interface GroupToRead {
  readonly group: string;
  readonly type: GroupType;
  readonly listedState: GroupState;
}

/** A coordinator that is loading its groups, or being elected, usually takes a moment. */
const COORDINATOR_WAIT_MS = 250;

interface Context {
  readonly reading: Reading;
  readonly topics: TopicKnowledge;
}

/**
 * Every group of the cluster. A broker lists exactly the groups that it coordinates, so each is asked about its own,
 * and no broker waits for another. Groups that moved meanwhile are asked once more where they are now.
 */
export async function readGroups(reading: Reading, layout: ClusterLayout): Promise<readonly GroupRead[]> {
  const topics = {
    allowsTopic: reading.allowsTopic,
    partitionsOf: (topic: string) => layout.topics.get(topic)?.leaders.length ?? 0,
  };
  const context = { reading, topics };
  const addresses = [...layout.brokers.values()];
  const perBroker = await Promise.all(
    addresses.map(async (address) => readAtCoordinator(context, address, await listGroups(reading, address))),
  );
  const reads = onePerGroup(perBroker.flat());
  return retried(context, layout, reads);
}

async function listGroups(reading: Reading, address: BrokerAddress): Promise<readonly GroupToRead[]> {
  try {
    let { errorCode, groups } = await ask(reading, address, LIST_GROUPS, {});
    if (isRetriable(errorCode)) {
      await wait(Math.min(COORDINATOR_WAIT_MS, reading.deadline.remainingMs() / 4));
      ({ errorCode, groups } = await ask(reading, address, LIST_GROUPS, {}));
    }
    if (errorCode !== 0) {
      const code = errorName(errorCode);
      const message = `${renderAddress(address)}: ListGroups: ${code}; some of its groups are missing`;
      reading.failures.add({ part: 'broker', broker: renderAddress(address) }, { code, message });
    }
    return groups.filter(({ group }) => reading.allowsGroup(group)).flatMap((listed) => groupToRead(reading, listed));
  } catch (error) {
    if (!(error instanceof BrokerFailure)) throw error;
    reading.failures.addBroker(renderAddress(address), error);
    return [];
  }
}

/** A broker before 3.8 does not tell types: there every group is a classic one. */
function groupToRead(reading: Reading, { group, type, state }: ListedGroup): GroupToRead[] {
  const known = type === '' ? 'classic' : GROUP_TYPES.find((candidate) => candidate === type.toLowerCase());
  if (known === undefined) {
    const message = `group "${group}" is of type "${type}", which this version of sluicegate does not know`;
    reading.failures.add({ part: 'group', group }, { code: 'UNSUPPORTED_VERSION', message });
    return [];
  }
  return [{ group, type: known, listedState: groupStateOf(state) }];
}

const isAlive = ({ listedState }: GroupToRead): boolean => listedState !== 'Empty' && listedState !== 'Dead';

/** Positions and members at once, over one connection. Groups without members are not described. */
async function readAtCoordinator(
  context: Context,
  address: BrokerAddress,
  groups: readonly GroupToRead[],
): Promise<readonly GroupRead[]> {
  const [positions, descriptions] = await Promise.all([
    answersByGroup(context, address, {
      questions: POSITIONS,
      groups: groups.filter(({ listedState }) => listedState !== 'Dead'),
    }),
    answersByGroup(context, address, { questions: DESCRIPTIONS, groups: groups.filter(isAlive) }),
  ]);
  return groups.map((group) => ({
    ...group,
    positions: positions.get(group.group) ?? { kind: 'answered', answer: { committed: new Map() } },
    description: descriptions.get(group.group) ?? {
      kind: 'answered',
      answer: { state: group.listedState, members: [] },
    },
  }));
}

async function answersByGroup<Answer>(
  context: Context,
  address: BrokerAddress,
  {
    questions,
    groups,
  }: { questions: Readonly<Record<GroupType, GroupQuestion<Answer>>>; groups: readonly GroupToRead[] },
): Promise<ReadonlyMap<string, Outcome<Answer>>> {
  // Types with the same question share its requests.
  const byQuestion = Map.groupBy(groups, ({ type }) => questions[type]);
  const answers = await Promise.all(
    [...byQuestion].map(([question, asked]) =>
      question(
        context,
        address,
        asked.map(({ group }) => group),
      ),
    ),
  );
  return new Map(answers.flatMap((answer) => [...answer]));
}

/** A group that moves between two lists stands in both: the listing that could be read counts. */
function onePerGroup(reads: readonly GroupRead[]): GroupRead[] {
  const byGroup = new Map<string, GroupRead>();
  for (const read of reads) {
    const other = byGroup.get(read.group);
    if (other === undefined || other.positions.kind === 'refused') byGroup.set(read.group, read);
  }
  return [...byGroup.values()];
}

/** Asks once more, at the coordinator of now, about groups whose answer was a passing refusal. */
async function retried(
  context: Context,
  layout: ClusterLayout,
  reads: readonly GroupRead[],
): Promise<readonly GroupRead[]> {
  const again = reads.filter(({ positions, description }) => isPassing(positions) || isPassing(description));
  if (again.length === 0) return reads;
  const { reading } = context;
  await wait(Math.min(COORDINATOR_WAIT_MS, reading.deadline.remainingMs() / 4));
  const found = await askAny(reading, layout.brokers.values(), FIND_COORDINATOR, {
    groups: again.map(({ group }) => group),
  });
  const nodeIds = new Map(
    found?.filter(({ errorCode }) => errorCode === 0).map(({ group, nodeId }) => [group, nodeId]),
  );
  const byAddress = Map.groupBy(again, ({ group }) => layout.brokers.get(nodeIds.get(group) ?? -1));
  const answers = await Promise.all(
    [...byAddress].map(([address, groups]) =>
      address === undefined ? groups : readAtCoordinator(context, address, groups),
    ),
  );
  const better = new Map(answers.flat().map((read) => [read.group, read]));
  return reads.map((read) => ({
    ...read,
    positions: preferAnswered(read.positions, better.get(read.group)?.positions),
    description: preferAnswered(read.description, better.get(read.group)?.description),
  }));
}

const isPassing = (outcome: Outcome<unknown>): boolean => outcome.kind === 'refused' && outcome.retriable;

function preferAnswered<Answer>(first: Outcome<Answer>, second: Outcome<Answer> | undefined): Outcome<Answer> {
  return first.kind === 'answered' || second === undefined ? first : second;
}
