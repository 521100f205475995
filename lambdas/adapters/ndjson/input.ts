import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SluicegateError } from '../../core/errors.ts';

/** The name that stands for standard input on a command line. */
export const STDIN = '-';

/**
 * The bytes of a file, or of standard input for `-`, as they come. Gzip is told by its first two bytes, not by a name.
 * Throws INPUT_UNREADABLE when the file can't be opened, or ends or breaks within its gzip stream.
 */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const raw: AsyncIterable<Uint8Array> = path === STDIN ? process.stdin : createReadStream(path);
  try {
    const { isGzip, bytes } = await peek(raw);
    yield* isGzip ? inflated(bytes) : bytes;
  } catch (cause: unknown) {
    if (!isSystemError(cause)) throw cause;
    const name = path === STDIN ? 'standard input' : path;
    throw new SluicegateError('INPUT_UNREADABLE', `could not read ${name}: ${reasonOf(cause)}`, { cause });
  }
}

/** Looks at the first two bytes, which a pipe may hand over one by one, and gives all of them back. */
async function peek(raw: AsyncIterable<Uint8Array>): Promise<{ isGzip: boolean; bytes: AsyncGenerator<Uint8Array> }> {
  const chunks = raw[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return { isGzip: head[0] === 0x1f && head[1] === 0x8b, bytes: chained(head, chunks) };
}

async function* chained(head: Uint8Array, tail: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* { [Symbol.asyncIterator]: () => tail };
}

/** Each piece is a trip through the thread pool: Node's own 16 KiB would make many of a recording. */
const INFLATED_BYTES = 128 * 1024;

function inflated(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  // The callback has nothing to do: a break on either side destroys the last stream, and its reader sees the error.
  return pipeline(Readable.from(bytes, { objectMode: false }), createGunzip({ chunkSize: INFLATED_BYTES }), () => {});
}

function isSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'it is a directory; name the files in it';
    case 'EACCES':
      return 'permission denied';
    case 'Z_BUF_ERROR':
      return 'its gzip stream is cut off';
    default:
      return message;
  }
}
