import type { KafkaApi } from './kafka-api.ts';

export interface ListGroupsResponse {
  readonly errorCode: number;
  readonly groups: readonly ListedGroup[];
}

export interface ListedGroup {
  readonly group: string;
  readonly protocolType: string;
  readonly state: string;
  /** Empty before v5 (Kafka 3.8), which does not tell it. */
  readonly type: string;
}

/**
 * ```
 * v4 request
 *   states_filter carr<cstr>, tags
 * v4 response
 *   throttle_time_ms i32, error_code i16,
 *   groups carr<{ group_id cstr, protocol_type cstr, group_state cstr, tags }>, tags
 * v5 request
 *   states_filter carr<cstr>, types_filter carr<cstr>, tags
 * v5 response
 *   throttle_time_ms i32, error_code i16,
 *   groups carr<{ group_id cstr, protocol_type cstr, group_state cstr, group_type cstr, tags }>, tags
 * ```
 * No filter is ever sent: a broker takes unknown values silently and answers an empty list.
 */
export const LIST_GROUPS: KafkaApi<Record<never, never>, ListGroupsResponse> = {
  key: 16,
  name: 'ListGroups',
  versions: [5, 4],

  encode(writer, _, version) {
    writer.compactArray([], () => {});
    if (version >= 5) writer.compactArray([], () => {});
    writer.noTags();
  },

  decode(reader, version) {
    reader.int32();
    const errorCode = reader.int16();
    const groups = reader.compactArray(() => {
      const group = reader.compactString();
      const protocolType = reader.compactString();
      const state = reader.compactString();
      const type = version >= 5 ? reader.compactString() : '';
      reader.skipTags();
      return { group, protocolType, state, type };
    });
    reader.skipTags();
    return { errorCode, groups };
  },
};
