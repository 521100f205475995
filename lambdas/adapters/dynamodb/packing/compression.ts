import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { corrupt } from '../../../core/bytes/corrupt.ts';

/** More than anything that is packed, less than what would exhaust a function's memory. */
const EXPANDED_BYTES_MAX = 2 ** 28;

/** Shorter texts only grow. */
const SQUEEZED_BYTES_MIN = 64;

const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 9 } };

const STORED = 0;
const ZSTD = 1;
const ZSTD_WITH_DICTIONARY = 2;

/**
 * One byte that tells how, then the bytes compressed, or as they are where that is shorter.
 *
 * @param dictionary gives what the reader will have too, and is likely to be repeated; it is called only when it helps
 */
export function squeezed(bytes: Uint8Array, dictionary?: () => Uint8Array): Uint8Array {
  if (bytes.length < SQUEEZED_BYTES_MIN) return Buffer.concat([Buffer.of(STORED), bytes]);
  const known = dictionary?.();
  const method = known === undefined || known.length === 0 ? ZSTD : ZSTD_WITH_DICTIONARY;
  const compressed = zstdCompressSync(bytes, method === ZSTD ? LEVEL : { ...LEVEL, dictionary: known });
  const shorter = compressed.length < bytes.length;
  return Buffer.concat(shorter ? [Buffer.of(method), compressed] : [Buffer.of(STORED), bytes]);
}

/** The bytes again. Throws STORE_CORRUPT for anything that `squeezed` did not make with the same dictionary. */
export function expanded(bytes: Uint8Array, dictionary?: () => Uint8Array): Uint8Array {
  const [method] = bytes;
  const body = bytes.subarray(1);
  if (method === STORED) return body;
  const known = method === ZSTD_WITH_DICTIONARY ? dictionary?.() : undefined;
  if (method !== ZSTD && known === undefined) throw corrupt('is compressed in an unknown way');
  try {
    return zstdDecompressSync(body, {
      maxOutputLength: EXPANDED_BYTES_MAX,
      dictionary: known,
      chunkSize: chunkSizeFor(contentBytesIn(body)),
    });
  } catch (cause) {
    throw corrupt('does not decompress', cause);
  }
}

const CHUNK_BYTES_MIN = 1_024;
const CHUNK_BYTES_MAX = 2 ** 25;

/** All of it in one piece and a byte to spare, so that no second one is begun: pieces are held twice when they are joined. */
const chunkSizeFor = (contentBytes: number | null): number =>
  Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, (contentBytes ?? constants.Z_DEFAULT_CHUNK) + 1));

/**
 * The size of the content as a Zstandard frame's header tells it (RFC 8878, 3.1.1.1); null where it does not. Only a
 * hint: what comes out is what is in it.
 */
function contentBytesIn(frame: Uint8Array): number | null {
  const descriptor = frame[4] ?? 0;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const at = 5 + (isSingleSegment ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0);
  if (sizeBytes === 0 || sizeBytes === 8 || frame.length < at + sizeBytes) return null;
  const size = Buffer.from(frame.buffer, frame.byteOffset + at, sizeBytes).readUIntLE(0, sizeBytes);
  return sizeBytes === 2 ? size + 256 : size;
}
