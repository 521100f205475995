import type { ByteReader } from '../wire/byte-reader.ts';
import { type GroupsRequest, readItems, writeDescribeRequest } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface DescribedClassicGroup {
  readonly group: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly state: string;
  /** `consumer` for consumers; Connect and others have formats of their own in the members' bytes. */
  readonly protocolType: string;
  readonly members: readonly DescribedClassicMember[];
}

export interface DescribedClassicMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly host: string;
  readonly metadata: Buffer;
  readonly assignment: Buffer;
}

/**
 * ```
 * v5 request
 *   groups carr<cstr>, include_authorized_operations bool, tags
 * v5 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, group_id cstr, group_state cstr, protocol_type cstr, protocol_data cstr,
 *     members carr<{
 *       member_id cstr, group_instance_id cstr?, client_id cstr, client_host cstr, member_metadata cbytes,
 *       member_assignment cbytes, tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * v6 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, error_message cstr?, group_id cstr, group_state cstr, protocol_type cstr,
 *     protocol_data cstr,
 *     members carr<{
 *       member_id cstr, group_instance_id cstr?, client_id cstr, client_host cstr, member_metadata cbytes,
 *       member_assignment cbytes, tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * ```
 * Before v6 a missing group, or one of another type, is `Dead` without an error.
 */
export const DESCRIBE_GROUPS: KafkaApi<GroupsRequest, readonly DescribedClassicGroup[]> = {
  key: 15,
  name: 'DescribeGroups',
  versions: [6, 5],

  encode: writeDescribeRequest,

  decode(reader, version) {
    return readItems(reader, () => readGroup(reader, version));
  },
};

function readGroup(reader: ByteReader, version: number): DescribedClassicGroup {
  const errorCode = reader.int16();
  const errorMessage = version >= 6 ? reader.compactNullableString() : null;
  const group = reader.compactString();
  const state = reader.compactString();
  const protocolType = reader.compactString();
  reader.skipCompactString();
  const members = reader.compactArray(readMember);
  reader.int32();
  reader.skipTags();
  return { group, errorCode, errorMessage, state, protocolType, members };
}

function readMember(reader: ByteReader): DescribedClassicMember {
  const memberId = reader.compactString();
  const instanceId = reader.compactNullableString();
  const clientId = reader.compactString();
  const host = reader.compactString();
  const metadata = reader.compactBytes();
  const assignment = reader.compactBytes();
  reader.skipTags();
  return { memberId, instanceId, clientId, host, metadata, assignment };
}
