import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineCutter, type TextLine } from '../../../lambdas/adapters/ndjson/lines.ts';
import { readReplay } from '../../../lambdas/adapters/ndjson/read-replay.ts';
import { renderSnapshot } from '../../../lambdas/adapters/ndjson/snapshot-line.ts';
import { aSnapshot } from '../../builders/snapshots.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluicegate-ndjson-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('lines', () => {
  test('are the same however the bytes are cut into chunks', () => {
    const anyText = fc.array(fc.stringMatching(/^[aé\n\r ]{0,6}$/), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyText, fc.nat({ max: 50 }), (text, at) => {
        const bytes = Buffer.from(text);
        const whole = linesOf([bytes]);
        expect(linesOf([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
        expect(linesOf(Array.from(bytes, (byte) => Buffer.of(byte)))).toEqual(whole);
        expect(whole.map((line) => line.text)).toEqual(text.split('\n').filter((line) => line.trim() !== ''));
      }),
    );
  });

  test('are numbered from 1, blank ones too, and the last needs no newline', () => {
    expect(linesOf([Buffer.from('\uFEFFa\n\n  \nb')])).toEqual([
      { place: { source: 'stdin', number: 1 }, text: 'a' },
      { place: { source: 'stdin', number: 4 }, text: 'b' },
    ]);
  });

  test.each([
    { why: 'a line with its end beyond the limit', chunks: ['ok\n12345678', '9\n'] },
    { why: 'a line that never ends is refused before it is whole', chunks: ['ok\n1234567', '89'] },
  ])('$why', ({ chunks }) => {
    const cutting = () =>
      linesOf(
        chunks.map((chunk) => Buffer.from(chunk)),
        8,
      );
    expect(cutting).toThrow('stdin line 2: longer than 8 bytes');
  });

  test('that are not UTF-8 are refused', () => {
    expect(() => linesOf([Buffer.from([0x61, 0x0a, 0xff, 0x0a])])).toThrow('stdin line 2: not UTF-8');
  });
});

describe('files', () => {
  const first = aSnapshot({ atMs: 1 });
  const second = aSnapshot({ atMs: 2 });
  const text = `${renderSnapshot(first)}\n${renderSnapshot(second)}\n`;

  test('plain and gzip are told apart by their bytes, and follow one another', async () => {
    const plain = await fileOf('plain.gz', text);
    const packed = await fileOf('packed.ndjson', gzipSync(text));
    const lines = await collect(readReplay([plain, packed]));
    expect(lines.map(({ place: { number }, line }) => [number, line])).toEqual([
      [1, { kind: 'snapshot', snapshot: first }],
      [2, { kind: 'snapshot', snapshot: second }],
      [1, { kind: 'snapshot', snapshot: first }],
      [2, { kind: 'snapshot', snapshot: second }],
    ]);
  });

  test('two gzip members in one file are one text', async () => {
    const packed = await fileOf('members', Buffer.concat([gzipSync(text), gzipSync(text)]));
    expect(await collect(readReplay([packed]))).toHaveLength(4);
  });

  test('an empty file has no lines', async () => {
    expect(await collect(readReplay([await fileOf('empty', '')]))).toEqual([]);
  });

  test.each([
    { why: 'a file that is not there', name: 'none.ndjson', bytes: null, says: 'there is no such file' },
    { why: 'a folder', name: '.', bytes: null, says: 'it is a directory' },
    { why: 'a gzip stream cut off', name: 'cut', bytes: gzipSync(text).subarray(0, 40), says: 'cut off' },
    { why: 'a gzip stream with a wrong checksum', name: 'bad', bytes: damaged(gzipSync(text)), says: 'incorrect' },
  ])('$why can not be read', async ({ name, bytes, says }) => {
    const path = bytes === null ? join(folder, name) : await fileOf(name, bytes);
    await expect(collect(readReplay([path]))).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringMatching(new RegExp(`could not read .*: .*${says}`)),
    });
  });

  test('a malformed line is named by file and number', async () => {
    const path = await fileOf('wrong.ndjson', `${text}{}\n`);
    await expect(collect(readReplay([path]))).rejects.toThrow(`${path} line 3: /at is missing`);
  });
});

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The checksum stands in the eight bytes at the end. */
function damaged(gzip: Buffer): Buffer {
  const bytes = Buffer.from(gzip);
  bytes.writeUInt32LE(bytes.readUInt32LE(bytes.length - 8) ^ 1, bytes.length - 8);
  return bytes;
}

function linesOf(chunks: readonly Uint8Array[], lineBytesMax?: number): TextLine[] {
  const cutter = lineCutter('stdin', lineBytesMax);
  return [...chunks.flatMap((chunk) => [...cutter.cut(chunk)]), ...cutter.rest()];
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items);
}
