import { type GroupsRequest, readItems } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface FoundCoordinator {
  readonly group: string;
  readonly nodeId: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/**
 * ```
 * v4 request
 *   key_type i8, coordinator_keys carr<cstr>, tags
 * v4 response
 *   throttle_time_ms i32,
 *   coordinators carr<{ key cstr, node_id i32, host cstr, port i32, error_code i16, error_message cstr?, tags }>,
 *   tags
 * ```
 * v5 and v6 look the same. Asked only about groups that moved while they were read.
 */
export const FIND_COORDINATOR: KafkaApi<GroupsRequest, readonly FoundCoordinator[]> = {
  key: 10,
  name: 'FindCoordinator',
  versions: [6, 5, 4],

  encode(writer, { groups }) {
    writer.int8(0);
    writer.compactArray(groups, (_, group) => writer.compactString(group));
    writer.noTags();
  },

  decode(reader) {
    return readItems(reader, () => {
      const group = reader.compactString();
      const nodeId = reader.int32();
      reader.skipCompactString();
      reader.int32();
      const errorCode = reader.int16();
      const errorMessage = reader.compactNullableString();
      reader.skipTags();
      return { group, nodeId, errorCode, errorMessage };
    });
  },
};
