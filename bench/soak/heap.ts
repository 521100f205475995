import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Heap in use after a collection, at one moment. */
export interface HeapSample {
  readonly atMs: number;
  readonly heapBytes: number;
}

/** Bytes an hour that the heap grows by: the least-squares line through the second half, when all is warm. */
export function heapBytesPerHour(samples: readonly HeapSample[]): number {
  const warm = samples.slice(Math.floor(samples.length / 2));
  const meanMs = mean(warm.map(({ atMs }) => atMs));
  const meanBytes = mean(warm.map(({ heapBytes }) => heapBytes));
  let [products, squares] = [0, 0];
  for (const { atMs, heapBytes } of warm) {
    products += (atMs - meanMs) * (heapBytes - meanBytes);
    squares += (atMs - meanMs) ** 2;
  }
  return squares === 0 ? 0 : (products / squares) * 3_600_000;
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** Heap in use after a full collection, every half minute. */
export function watchHeap(): { readonly samples: readonly HeapSample[]; stop(): void } {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const samples: HeapSample[] = [];
  const timer = setInterval(() => {
    collect();
    samples.push({ atMs: Date.now(), heapBytes: process.memoryUsage().heapUsed });
  }, 30_000);
  return { samples, stop: () => clearInterval(timer) };
}
