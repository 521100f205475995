import { Writable } from 'node:stream';
import { setImmediate as idle } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lineWriter } from '../../cli/output.ts';

test('lines are written when there is nothing else to do', async () => {
  const { stream, written } = reader();
  const out = lineWriter(stream);
  await out.write('a');
  await out.write('b');
  expect(written).toEqual([]);
  await idle();
  expect(written).toEqual(['a\nb\n']);
});

test('at the end what is held back is written, once', async () => {
  const { stream, written } = reader();
  const out = lineWriter(stream);
  await out.write('a');
  await out.flush();
  await out.flush();
  await idle();
  expect(written).toEqual(['a\n']);
});

test('a slow reader makes the writer wait', async () => {
  const { stream, written, read } = reader();
  const out = lineWriter(stream);
  const long = 'x'.repeat(70_000);
  await Promise.race([out.write(long), idle()]);
  let taken = 0;
  const writing = (async () => {
    for (let line = 0; line < 5; line++) {
      await out.write(long);
      taken += 1;
    }
  })();
  await idle();
  expect(taken).toBe(0);
  while (taken < 5) {
    read();
    await idle();
  }
  await writing;
  read();
  expect(written.length).toBeGreaterThanOrEqual(5);
});

/** Takes a piece only when it is told to read. */
function reader() {
  const written: string[] = [];
  let release: (() => void) | null = null;
  const stream = new Writable({
    decodeStrings: false,
    highWaterMark: 1_000,
    write(chunk: string, _encoding, done) {
      written.push(chunk);
      release = done;
    },
  });
  const read = () => {
    const done = release;
    release = null;
    done?.();
  };
  return { stream, written, read };
}
