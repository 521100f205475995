import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { corrupt } from '../../../core/bytes/corrupt.ts';

/** More than anything that is packed, less than what would exhaust a function's memory. */
const EXPANDED_BYTES_MAX = 2 ** 28;

/** Shorter texts only grow. */
const SQUEEZED_BYTES_MIN = 64;

const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 9 } };

const STORED = 0;
const ZSTD = 1;

/** One byte that tells how, then the bytes compressed, or as they are where that is shorter. */
export function squeezed(bytes: Uint8Array): Uint8Array {
  const compressed = bytes.length < SQUEEZED_BYTES_MIN ? null : zstdCompressSync(bytes, LEVEL);
  const shorter = compressed !== null && compressed.length < bytes.length;
  return shorter ? Buffer.concat([Buffer.of(ZSTD), compressed]) : Buffer.concat([Buffer.of(STORED), bytes]);
}

/** The bytes again. Throws STORE_CORRUPT for anything that `squeezed` did not make. */
export function expanded(bytes: Uint8Array): Uint8Array {
  const [method] = bytes;
  const body = bytes.subarray(1);
  if (method === STORED) return body;
  if (method !== ZSTD) throw corrupt('is compressed in an unknown way');
  try {
    return zstdDecompressSync(body, { maxOutputLength: EXPANDED_BYTES_MAX });
  } catch (cause) {
    throw corrupt('does not decompress', cause);
  }
}
