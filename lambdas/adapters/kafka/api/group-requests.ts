import type { ByteReader } from '../wire/byte-reader.ts';
import type { ByteWriter } from '../wire/byte-writer.ts';

/** What all questions about groups ask with: ids of groups that the asked broker coordinates. */
export interface GroupsRequest {
  readonly groups: readonly string[];
}

/** `groups carr<cstr>, include_authorized_operations bool, tags`, as every describe call has it. */
export function writeDescribeRequest(writer: ByteWriter, { groups }: GroupsRequest): void {
  writer.compactArray(groups, (_, group) => writer.compactString(group));
  writer.bool(false).noTags();
}

/** `throttle_time_ms i32, items carr<…>, tags`. Throttling is the broker's business: it mutes our connection (KIP-219). */
export function readItems<Item>(reader: ByteReader, readItem: (reader: ByteReader) => Item): readonly Item[] {
  reader.int32();
  const items = reader.compactArray(readItem);
  reader.skipTags();
  return items;
}

/** How the describe calls of KIP-848, share and streams groups begin with each group. */
export interface GroupHead {
  readonly group: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly state: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
}

/** `error_code i16, error_message cstr?, group_id cstr, group_state cstr, group_epoch i32, assignment_epoch i32`. */
export function readGroupHead(reader: ByteReader): GroupHead {
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const group = reader.compactString();
  const state = reader.compactString();
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  return { group, errorCode, errorMessage, state, groupEpoch, assignmentEpoch };
}
