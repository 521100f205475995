import { GROUP_STATES, GROUP_TYPES } from '../../../cluster/group.ts';
import { listOf, text } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import {
  type AttendanceMemory,
  type CadenceMemory,
  type CapacityMemory,
  type GroupMemory,
  newGroup,
} from '../group-memory.ts';
import { parsePartitions, renderPartitions } from './checkpoint-partition.ts';
import { finite, parseColumn, parseNumbers, renderColumn } from './columns.ts';
import { flags, numbers, parseRows, renderRows, times } from './fields.ts';

const GROUP_FIELDS = [
  ...times<GroupMemory>(
    'firstSeenAtMs',
    'seenAtMs',
    'membersChangedAtMs',
    'emptySinceMs',
    'returnedAtMs',
    'behindSinceMs',
  ),
  ...numbers<GroupMemory>('samples', 'emptySamples', 'emptyAdvanceSamples'),
  ...flags<GroupMemory>('stormOpen', 'skipping', 'alarmed'),
];
const CADENCE_FIELDS = [
  ...times<CadenceMemory>('agedAtMs', 'learntAtMs'),
  ...numbers<CadenceMemory>('usualMs', 'samples'),
  ...flags<CadenceMemory>('bounded'),
];
const ATTENDANCE_FIELDS = [
  ...times<AttendanceMemory>('awayWithWorkSinceMs', 'visitSinceMs', 'headSinceMs'),
  ...numbers<AttendanceMemory>('arrivalLagMessages'),
  ...flags<AttendanceMemory>('awayAlarmed', 'resident', 'reachedHead', 'beganBehind'),
];
const CAPACITY_FIELDS = numbers<CapacityMemory>('memberBestPerS', 'groupBestPerS', 'producedPeakPerS');

/** One group, by the cluster's time and axis. */
export function renderGroup(group: GroupMemory, memory: ClusterMemory): Checkpoint {
  const { atMs, axis } = memory;
  const { name, cadence, attendance, capacity } = group;
  const members = [...group.members.values()];
  const ids = idsOf(group);
  const fresh = newGroup('', Number.NaN);
  return [
    [name, GROUP_TYPES.indexOf(group.type), GROUP_STATES.indexOf(group.state)],
    members.map(({ clientId, host }) => [clientId, host]),
    ids,
    renderRows([group], { fields: GROUP_FIELDS, fresh, atMs }),
    renderRows([cadence], { fields: CADENCE_FIELDS, fresh: fresh.cadence, atMs }),
    renderRows([attendance], { fields: ATTENDANCE_FIELDS, fresh: fresh.attendance, atMs }),
    renderRows([capacity], { fields: CAPACITY_FIELDS, fresh: fresh.capacity, atMs }),
    [cadence.delays.total, ...cadence.delays.counts],
    [attendance.absences, attendance.alarmedAbsences],
    Array.from(capacity.bestByClient, ([clientId, perS]) => [clientId, perS]),
    renderColumn(group.unsettled, axis.cells),
    group.recentLags,
    Array.from(group.byTopic, ([topic, list]) => [topic, renderPartitions(list, ids, memory)]),
  ];
}

/** The members' ids first, in their order, then those of owners that have left. */
function idsOf({ members, partitions }: GroupMemory): string[] {
  const ids = new Set(members.keys());
  for (const { owner, trouble } of partitions) {
    if (owner !== null) ids.add(owner);
    if (trouble !== null && trouble.ownerAtOpen !== null) ids.add(trouble.ownerAtOpen);
  }
  return [...ids];
}

/** The opposite, given a cluster whose topics and axis are restored. */
export function parseGroup(value: Checkpoint | undefined, memory: ClusterMemory): GroupMemory {
  const { atMs, axis, topics } = memory;
  const parts = listOf(value, (part) => part);
  const [head, members, idList, own, cadence, attendance, capacity, delays, absences, best, unsettled, lags, byTopic] =
    parts;
  const [name, type, state] = listOf(head, (one) => one);
  const group = newGroup(text(name), Number.NaN);
  group.type = GROUP_TYPES[finite(type)] ?? 'classic';
  group.state = GROUP_STATES[finite(state)] ?? 'Unknown';
  const ids = listOf(idList, text);
  for (const [index, member] of listOf(members, (one) => listOf(one, text)).entries()) {
    const memberId = ids[index] ?? '';
    group.members.set(memberId, { memberId, clientId: member[0] ?? '', host: member[1] ?? '' });
  }
  parseRows(own, [group], { fields: GROUP_FIELDS, atMs });
  parseRows(cadence, [group.cadence], { fields: CADENCE_FIELDS, atMs });
  parseRows(attendance, [group.attendance], { fields: ATTENDANCE_FIELDS, atMs });
  parseRows(capacity, [group.capacity], { fields: CAPACITY_FIELDS, atMs });
  const [total = 0, ...counts] = parseNumbers(delays);
  group.cadence.delays.total = total;
  group.cadence.delays.counts.push(...counts);
  const [fine = [], alarmed = []] = listOf(absences, parseNumbers);
  group.attendance.absences.push(...fine);
  group.attendance.alarmedAbsences.push(...alarmed);
  for (const [clientId, perS] of listOf(best, (pair) => listOf(pair, (one) => one))) {
    group.capacity.bestByClient.set(text(clientId), finite(perS));
  }
  parseColumn(unsettled, group.unsettled, axis.cells.length);
  group.recentLags.push(...parseNumbers(lags));
  for (const [topic, list] of listOf(byTopic, (pair) => listOf(pair, (one) => one))) {
    const partitions = parsePartitions(list, text(topic), topics.get(text(topic))?.logs ?? [], { ids, memory });
    group.byTopic.set(text(topic), partitions);
    group.partitions.push(...partitions.filter((p) => p !== null));
  }
  return group;
}
