import { hash } from 'node:crypto';
import { corrupt, ofAnotherFormat } from '../../../core/bytes/corrupt.ts';
import { expanded, squeezed } from './compression.ts';

/**
 * What is stored packed, and the version of its form that this release writes and reads. Whoever changes a form raises
 * its number: what an older or newer release wrote is then refused by name, and never read as what it is not.
 */
export const FORMATS = {
  frame: 2,
  'slot header': 1,
  verdicts: 3,
  checkpoint: 1,
  incident: 1,
  'ledger entry': 1,
  "judgement's checkpoint": 1,
} as const;

export type Format = keyof typeof FORMATS;

/**
 * What surrounds everything that is stored packed:
 *
 *     version of the format: 1 byte, digest: 8 bytes, body: see compression.ts
 *
 * The digest is the beginning of the SHA-256 of the body. It tells damage, and it names the content: the same content
 * has the same id, other content another.
 */
export interface Sealed {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const DIGEST_BYTES = 8;
const BODY_AT = 1 + DIGEST_BYTES;

export function seal(format: Format, content: Uint8Array): Sealed {
  const body = squeezed(content);
  const digest = digestOf(body);
  return { id: digest.toString('base64url'), bytes: Buffer.concat([Buffer.of(FORMATS[format]), digest, body]) };
}

/** The content again. Throws STORE_CORRUPT for anything that `seal` did not make just so, in this format. */
export function unseal(format: Format, bytes: Uint8Array, id: string | null = null): Uint8Array {
  const version = bytes[0];
  if (version !== FORMATS[format]) throw ofAnotherFormat(version, FORMATS[format], format);
  const digest = Buffer.from(bytes.subarray(1, BODY_AT));
  const body = bytes.subarray(BODY_AT);
  if (!digest.equals(digestOf(body))) throw corrupt('does not match its checksum');
  if (id !== null && digest.toString('base64url') !== id) throw corrupt(`is not the one that was asked for (${id})`);
  return expanded(body);
}

const digestOf = (body: Uint8Array): Buffer => hash('sha256', body, 'buffer').subarray(0, DIGEST_BYTES);
