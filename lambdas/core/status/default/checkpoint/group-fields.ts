import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { AttendanceMemory, CadenceMemory, CapacityMemory, GroupMemory } from '../group-memory.ts';
import { type FieldSet, fieldReader, fieldWriter, flags, numbers, times } from './fields.ts';

const GROUP: FieldSet<GroupMemory> = {
  of: 'group',
  fields: [
    ...times<GroupMemory>(
      'firstSeenAtMs',
      'seenAtMs',
      'membersChangedAtMs',
      'emptySinceMs',
      'returnedAtMs',
      'behindSinceMs',
    ),
    ...numbers<GroupMemory>('samples', 'emptySamples', 'emptyAdvanceSamples', 'behindPartitions'),
    ...flags<GroupMemory>('stormOpen', 'skipping', 'alarmed'),
  ],
};
const CADENCE: FieldSet<CadenceMemory> = {
  of: 'cadence',
  fields: [
    ...times<CadenceMemory>('agedAtMs', 'learntAtMs'),
    ...numbers<CadenceMemory>('usualMs', 'samples'),
    ...flags<CadenceMemory>('bounded'),
  ],
};
const ATTENDANCE: FieldSet<AttendanceMemory> = {
  of: 'attendance',
  fields: [
    ...times<AttendanceMemory>('awayWithWorkSinceMs', 'visitSinceMs', 'headSinceMs'),
    ...numbers<AttendanceMemory>('arrivalLagMessages'),
    ...flags<AttendanceMemory>('awayAlarmed', 'resident', 'reachedHead', 'beganBehind'),
  ],
};
const CAPACITY: FieldSet<CapacityMemory> = {
  of: 'capacity',
  fields: numbers<CapacityMemory>('memberBestPerS', 'groupBestPerS', 'producedPeakPerS'),
};

/** The numbers, flags and times of a group and of what it has learnt. */
export function groupFieldsWriter(columns: ColumnWriter, atMs: number): (group: GroupMemory) => void {
  const own = fieldWriter(columns, GROUP, atMs);
  const cadence = fieldWriter(columns, CADENCE, atMs);
  const attendance = fieldWriter(columns, ATTENDANCE, atMs);
  const capacity = fieldWriter(columns, CAPACITY, atMs);
  return (group) => {
    own(group);
    cadence(group.cadence);
    attendance(group.attendance);
    capacity(group.capacity);
  };
}

/** The opposite. */
export function groupFieldsReader(columns: ColumnReader, atMs: number): (group: GroupMemory) => void {
  const own = fieldReader(columns, GROUP, atMs);
  const cadence = fieldReader(columns, CADENCE, atMs);
  const attendance = fieldReader(columns, ATTENDANCE, atMs);
  const capacity = fieldReader(columns, CAPACITY, atMs);
  return (group) => {
    own(group);
    cadence(group.cadence);
    attendance(group.attendance);
    capacity(group.capacity);
  };
}
