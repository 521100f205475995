import { expect, test } from 'vitest';
import { workerPool } from '../../../local/demo/worker-pool.ts';

test('whoever hands over work waits only while all workers are busy', async () => {
  const pool = workerPool(2);
  const tasks = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const handOver = (index: number) =>
    pool.handOver(() => {
      begun.push(index);
      return tasks[index]?.promise ?? Promise.resolve();
    });
  await handOver(0);
  await handOver(1);
  const third = handOver(2);
  expect(begun).toEqual([0, 1]);
  tasks[1]?.resolve();
  await third;
  expect(begun).toEqual([0, 1, 2]);
});
