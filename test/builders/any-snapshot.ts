import fc from 'fast-check';
import type { GroupSnapshot, Member, ShareProgress } from '../../lambdas/core/cluster/group.ts';
import { GROUP_STATES, GROUP_TYPES } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog, ReadFailure } from '../../lambdas/core/cluster/snapshot.ts';

/** Names as Kafka allows them, and the ones that catch a program out. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/) },
  { weight: 2, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', '0', '__consumer_offsets') },
);

/** Group ids may be any text at all. */
const anyGroupId = fc.oneof(anyName, fc.string({ unit: 'grapheme', maxLength: 20 }));

export const anyOffset: fc.Arbitrary<number> = fc.oneof(
  fc.nat({ max: 1_000 }),
  fc.maxSafeNat(),
  fc.constantFrom(0, Number.MAX_SAFE_INTEGER),
);

/** JSON gives objects with the usual prototype, and so must these. */
const plain = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { noNullPrototype: true });

const mapOf = <T>(keys: fc.Arbitrary<string>, values: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(keys, values), { selector: ([key]) => key, maxLength: 4 }).map((entries) => new Map(entries));

const anyLog: fc.Arbitrary<PartitionLog> = fc.record(
  {
    logStartOffset: anyOffset,
    logEndOffset: anyOffset,
    lastStableOffset: anyOffset,
    newestRecordAtMs: fc.option(anyOffset),
  },
  { requiredKeys: ['logStartOffset', 'logEndOffset'], noNullPrototype: true },
);

const anyAssignment = mapOf(
  anyName,
  fc.uniqueArray(fc.nat({ max: 50 }), { maxLength: 4 }).map((partitions) => partitions.toSorted((a, b) => a - b)),
);

const anyMember: fc.Arbitrary<Member> = fc.record(
  {
    memberId: fc.string(),
    clientId: fc.string(),
    host: fc.string(),
    instanceId: fc.option(fc.string()),
    rackId: fc.option(fc.string()),
    assigned: anyAssignment,
    target: anyAssignment,
    epoch: fc.integer({ min: -2 }),
  },
  { requiredKeys: ['memberId', 'clientId', 'host', 'instanceId', 'assigned'], noNullPrototype: true },
);

const anyShareProgress: fc.Arbitrary<ShareProgress> = plain({
  startOffset: anyOffset,
  lagMessages: fc.option(anyOffset),
});

const anyGroup: fc.Arbitrary<GroupSnapshot> = fc.record(
  {
    type: fc.constantFrom(...GROUP_TYPES),
    state: fc.constantFrom(...GROUP_STATES),
    members: fc.option(fc.array(anyMember, { maxLength: 3 })),
    committed: mapOf(anyName, fc.array(fc.option(anyOffset), { maxLength: 4 })),
    share: mapOf(anyName, fc.array(fc.option(anyShareProgress), { maxLength: 3 })),
    epochs: plain({ group: fc.nat(), assignment: fc.nat() }),
  },
  { requiredKeys: ['type', 'state', 'members', 'committed'], noNullPrototype: true },
);

const said = { code: fc.constantFrom('NOT_COORDINATOR', 'TIMEOUT'), message: fc.string() };

const anyFailure: fc.Arbitrary<ReadFailure> = fc.oneof(
  plain({ part: fc.constant('broker' as const), broker: fc.string(), ...said }),
  plain({ part: fc.constantFrom('group' as const, 'members' as const), group: anyGroupId, ...said }),
  plain({ part: fc.constant('partition' as const), topic: anyName, partition: fc.nat(), ...said }),
);

/** Any snapshot at all: what codecs must carry, whether or not a cluster would ever look like it. */
export const anySnapshot: fc.Arbitrary<ClusterSnapshot> = plain({
  cluster: anyName,
  atMs: fc.maxSafeNat(),
  topics: mapOf(anyName, fc.array(fc.option(anyLog), { maxLength: 4 })),
  groups: mapOf(anyGroupId, anyGroup),
  failures: fc.array(anyFailure, { maxLength: 3 }),
});
