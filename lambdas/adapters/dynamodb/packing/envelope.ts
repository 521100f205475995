import { hash } from 'node:crypto';
import { corrupt, ofAnotherFormat } from '../../../core/bytes/corrupt.ts';
import { expanded, squeezed } from './compression.ts';

/**
 * What surrounds everything that is stored packed:
 *
 *     version: 1 byte, digest: 8 bytes, body: see compression.ts
 *
 * The digest is the beginning of the SHA-256 of the body. It tells damage, and it names the content: the same content
 * has the same id, other content another.
 */
export interface Sealed {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const FORMAT_VERSION = 1;
const DIGEST_BYTES = 8;
const BODY_AT = 1 + DIGEST_BYTES;

export function seal(content: Uint8Array): Sealed {
  const body = squeezed(content);
  const digest = digestOf(body);
  return { id: digest.toString('base64url'), bytes: Buffer.concat([Buffer.of(FORMAT_VERSION), digest, body]) };
}

/** The content again. Throws STORE_CORRUPT for anything that `seal` did not make just so. */
export function unseal(bytes: Uint8Array, id: string | null = null): Uint8Array {
  const version = bytes[0];
  if (version !== FORMAT_VERSION) throw ofAnotherFormat(version, FORMAT_VERSION);
  const digest = Buffer.from(bytes.subarray(1, BODY_AT));
  const body = bytes.subarray(BODY_AT);
  if (!digest.equals(digestOf(body))) throw corrupt('does not match its checksum');
  if (id !== null && digest.toString('base64url') !== id) throw corrupt(`is not the one that was asked for (${id})`);
  return expanded(body);
}

const digestOf = (body: Uint8Array): Buffer => hash('sha256', body, 'buffer').subarray(0, DIGEST_BYTES);
