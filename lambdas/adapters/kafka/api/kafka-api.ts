import type { ByteReader } from '../wire/byte-reader.ts';
import type { ByteWriter } from '../wire/byte-writer.ts';

/**
 * One API of the Kafka protocol, in the versions that are spoken here. All of them are flexible
 * (request header v2, response header v1); the headers are the transport's business.
 *
 * The grammar above each codec is the protocol's own, in wire order; the tests encode and decode by it.
 * Notation: `cstr` compact string, `carr` compact array, `?` nullable, `tags` tagged fields.
 */
export interface KafkaApi<Request, Response> {
  readonly key: number;
  readonly name: string;
  /** Best first: the first one that the broker serves is used. */
  readonly versions: readonly number[];
  encode(writer: ByteWriter, request: Request, version: number): void;
  decode(reader: ByteReader, version: number): Response;
}

/** Versions of one API that a broker serves, as ApiVersions told. */
export interface ServedVersions {
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** The version to speak, or null: the broker is too old (or too new) for this API. */
export function versionFor(
  api: Pick<KafkaApi<never, unknown>, 'versions'>,
  served: ServedVersions | undefined,
): number | null {
  if (served === undefined) return null;
  return api.versions.find((version) => version >= served.minVersion && version <= served.maxVersion) ?? null;
}
