import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { AttendanceMemory, CadenceMemory, CapacityMemory, GroupMemory } from '../group-memory.ts';
import { type FieldSet, fieldsReader, fieldsWriter, flags, numbers, times } from './fields.ts';

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

/** The numbers, flags and times of a block of groups and of what they have learnt. */
export function groupFieldsWriter(columns: ColumnWriter, atMs: number): (groups: readonly GroupMemory[]) => void {
  const own = fieldsWriter(columns, GROUP, atMs);
  const cadence = fieldsWriter(columns, CADENCE, atMs);
  const attendance = fieldsWriter(columns, ATTENDANCE, atMs);
  const capacity = fieldsWriter(columns, CAPACITY, atMs);
  return (groups) => {
    own(groups);
    cadence(groups.map((group) => group.cadence));
    attendance(groups.map((group) => group.attendance));
    capacity(groups.map((group) => group.capacity));
  };
}

/** The opposite. */
export function groupFieldsReader(columns: ColumnReader, atMs: number): (groups: readonly GroupMemory[]) => void {
  const own = fieldsReader(columns, GROUP, atMs);
  const cadence = fieldsReader(columns, CADENCE, atMs);
  const attendance = fieldsReader(columns, ATTENDANCE, atMs);
  const capacity = fieldsReader(columns, CAPACITY, atMs);
  return (groups) => {
    own(groups);
    cadence(groups.map((group) => group.cadence));
    attendance(groups.map((group) => group.attendance));
    capacity(groups.map((group) => group.capacity));
  };
}
