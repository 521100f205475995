import { expect, test } from 'vitest';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { ClusterReader, Reading } from '../../lambdas/core/ports/cluster-reader.ts';
import { reopeningReader } from '../../lambdas/snapshot/reopening-reader.ts';
import { aSnapshot } from '../builders/snapshots.ts';

const request = { atMs: 0, deadlineMs: 1_000 };
const cost = { requests: 1, sentBytes: 1, receivedBytes: 1, cpuMs: 1, wallMs: 1 };
const good: Reading = { snapshot: aSnapshot(), cost };
const denied = new SluicegateError('BROKER_DENIED', 'wrong password');
const unreachable = new SluicegateError('BROKER_UNREACHABLE', 'no answer');

/** Opens readers that read as scripted, one outcome a reading; logs what happens to them. */
function aScript(...outcomes: (Reading | Error)[]) {
  const log: string[] = [];
  let count = 0;
  const open = async (): Promise<ClusterReader> => {
    count += 1;
    const name = `reader ${count}`;
    log.push(`${name} opened`);
    return {
      read: async () => {
        log.push(`${name} read`);
        const outcome = outcomes.shift() ?? good;
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
      close: async () => {
        log.push(`${name} closed`);
      },
    };
  };
  return { reader: reopeningReader(open), log };
}

test('opens at the first reading and stays open', async () => {
  const { reader, log } = aScript();
  expect(log).toEqual([]);
  await reader.read(request);
  await reader.read(request);
  expect(log).toEqual(['reader 1 opened', 'reader 1 read', 'reader 1 read']);
});

test('a refusal is tried once more with fresh secrets', async () => {
  const { reader, log } = aScript(denied);
  expect(await reader.read(request)).toBe(good);
  expect(log).toEqual(['reader 1 opened', 'reader 1 read', 'reader 1 closed', 'reader 2 opened', 'reader 2 read']);
});

test('a second refusal is final for this reading; the next one starts afresh', async () => {
  const { reader, log } = aScript(denied, denied, denied);
  await expect(reader.read(request)).rejects.toBe(denied);
  expect(log.filter((line) => line.endsWith('read'))).toHaveLength(2);
  expect(await reader.read(request)).toBe(good);
  expect(log.at(-1)).toBe('reader 3 read');
});

test('another failure does not cost the connection', async () => {
  const { reader, log } = aScript(unreachable);
  await expect(reader.read(request)).rejects.toBe(unreachable);
  await reader.read(request);
  expect(log).toEqual(['reader 1 opened', 'reader 1 read', 'reader 1 read']);
});

test('one broker that refuses us keeps the reading, and the next one comes with fresh secrets', async () => {
  const failure = { part: 'broker', broker: 'b-2:9096', code: 'SASL_AUTHENTICATION_FAILED', message: 'no' } as const;
  const partly: Reading = { snapshot: aSnapshot({ failures: [failure] }), cost };
  const { reader, log } = aScript(partly);
  expect(await reader.read(request)).toBe(partly);
  await reader.read(request);
  expect(log).toEqual(['reader 1 opened', 'reader 1 read', 'reader 1 closed', 'reader 2 opened', 'reader 2 read']);
});

test('a failed opening is tried again by the next reading', async () => {
  const failure = new SluicegateError('SECRET_UNREADABLE', 'throttled');
  let attempts = 0;
  const reader = reopeningReader(async () => {
    attempts += 1;
    if (attempts === 1) throw failure;
    return { read: async () => good, close: async () => {} };
  });
  await expect(reader.read(request)).rejects.toBe(failure);
  expect(await reader.read(request)).toBe(good);
});
