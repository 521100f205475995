/** Does up to `size` things at a time. */
export interface WorkerPool {
  /** Resolves when a worker has taken the task, not when it is done: whoever hands out work waits while all are busy. */
  handOver(task: () => Promise<void>): Promise<void>;
}

/** A pool without threads: the workers' time goes by in waiting, as with most consumers that call other services. */
export function workerPool(size: number): WorkerPool {
  const underWay = new Set<Promise<void>>();
  return {
    handOver: async (task) => {
      while (underWay.size >= size) await Promise.race(underWay);
      const work: Promise<void> = task().finally(() => underWay.delete(work));
      underWay.add(work);
    },
  };
}
