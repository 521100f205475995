import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';

/** Gives these one after the other, an error as a rejection; the last one again and again. */
export function aReaderOf(answers: readonly (Partial<ClusterSnapshot> | Error)[]): ClusterReader {
  let reads = 0;
  return {
    async read({ atMs }) {
      const answer = answers[Math.min(reads, answers.length - 1)] ?? {};
      reads += 1;
      if (answer instanceof Error) throw answer;
      const empty = { cluster: 'prod', atMs, topics: new Map(), groups: new Map(), failures: [] };
      const cost = { requests: 0, sentBytes: 0, receivedBytes: 0, cpuMs: 0, wallMs: 0 };
      return { snapshot: { ...empty, ...answer }, cost };
    },
    close: async () => {},
  };
}
