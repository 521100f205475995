import type { ByteReader } from '../wire/byte-reader.ts';
import type { KafkaApi } from './kafka-api.ts';

/** Topics null: all that the principal may describe. */
export interface MetadataRequest {
  readonly topics: readonly string[] | null;
}

export interface MetadataResponse {
  readonly brokers: readonly MetadataBroker[];
  readonly topics: readonly MetadataTopic[];
  /** Bit field of AclOperation codes; null where the version does not tell. */
  readonly clusterOperations: number | null;
}

export interface MetadataBroker {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export interface MetadataTopic {
  readonly errorCode: number;
  readonly name: string;
  readonly partitions: readonly MetadataPartition[];
}

export interface MetadataPartition {
  readonly errorCode: number;
  readonly partition: number;
  /** −1: no leader. */
  readonly leaderId: number;
}

/**
 * ```
 * v9 request
 *   topics carr?<{ name cstr, tags }>, allow_auto_topic_creation bool,
 *   include_cluster_authorized_operations bool, include_topic_authorized_operations bool, tags
 * v9 response
 *   throttle_time_ms i32, brokers carr<{ node_id i32, host cstr, port i32, rack cstr?, tags }>,
 *   cluster_id cstr?, controller_id i32,
 *   topics carr<{
 *     error_code i16, name cstr, is_internal bool,
 *     partitions carr<{
 *       error_code i16, partition_index i32, leader_id i32, leader_epoch i32, replica_nodes carr<i32>,
 *       isr_nodes carr<i32>, offline_replicas carr<i32>, tags
 *     }>,
 *     topic_authorized_operations i32, tags
 *   }>,
 *   cluster_authorized_operations i32, tags
 * v12 request
 *   topics carr?<{ topic_id uuid, name cstr?, tags }>, allow_auto_topic_creation bool,
 *   include_topic_authorized_operations bool, tags
 * v12 response
 *   throttle_time_ms i32, brokers carr<{ node_id i32, host cstr, port i32, rack cstr?, tags }>,
 *   cluster_id cstr?, controller_id i32,
 *   topics carr<{
 *     error_code i16, name cstr?, topic_id uuid, is_internal bool,
 *     partitions carr<{
 *       error_code i16, partition_index i32, leader_id i32, leader_epoch i32, replica_nodes carr<i32>,
 *       isr_nodes carr<i32>, offline_replicas carr<i32>, tags
 *     }>,
 *     topic_authorized_operations i32, tags
 *   }>,
 *   tags
 * ```
 * v9 comes first: it is the newest that answers, unasked for another request, whether the principal may describe the cluster.
 */
export const METADATA: KafkaApi<MetadataRequest, MetadataResponse> = {
  key: 3,
  name: 'Metadata',
  versions: [9, 12],

  encode(writer, { topics }, version) {
    if (topics === null) writer.compactNull();
    else
      writer.compactArray(topics, (_, name) => {
        if (version >= 12) writer.int64(0).int64(0);
        writer.compactString(name).noTags();
      });
    writer.bool(false);
    if (version < 12) writer.bool(true);
    writer.bool(false).noTags();
  },

  decode(reader, version) {
    reader.int32();
    const brokers = reader.compactArray(readBroker);
    reader.skipCompactString();
    reader.int32();
    const topics = reader.compactArray(() => readTopic(reader, version));
    const clusterOperations = version < 12 ? reader.int32() : null;
    reader.skipTags();
    return { brokers, topics, clusterOperations };
  },
};

function readBroker(reader: ByteReader): MetadataBroker {
  const nodeId = reader.int32();
  const host = reader.compactString();
  const port = reader.int32();
  reader.skipCompactString();
  reader.skipTags();
  return { nodeId, host, port };
}

function readTopic(reader: ByteReader, version: number): MetadataTopic {
  const errorCode = reader.int16();
  const name = reader.compactNullableString() ?? '';
  if (version >= 12) reader.skipUuid();
  reader.bool();
  const partitions = reader.compactArray(readPartition);
  reader.int32();
  reader.skipTags();
  return { errorCode, name, partitions };
}

function readPartition(reader: ByteReader): MetadataPartition {
  const errorCode = reader.int16();
  const partition = reader.int32();
  const leaderId = reader.int32();
  reader.int32();
  // Replicas, in-sync replicas, offline replicas.
  for (let list = 0; list < 3; list += 1) reader.skip(4 * Math.max(0, reader.unsignedVarint() - 1));
  reader.skipTags();
  return { errorCode, partition, leaderId };
}
