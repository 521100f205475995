import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReplay } from '../../lambdas/adapters/ndjson/read-replay.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { Label } from '../histories/labels.ts';

/** One recorded or simulated day of a cluster, and the truth about it. */
export interface LabelledHistory {
  readonly file: string;
  readonly groups: readonly string[];
  readonly labels: readonly Label[];
  readonly snapshots: readonly ClusterSnapshot[];
}

/** A directory of histories with `index.json` and `labels.ndjson`, as the corpus has them. */
export async function* labelledHistories(directory: string): AsyncGenerator<LabelledHistory> {
  const index: readonly { readonly file: string; readonly groups: readonly string[] }[] = JSON.parse(
    await readFile(join(directory, 'index.json'), 'utf8'),
  );
  const labels = (await readFile(join(directory, 'labels.ndjson'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Label => JSON.parse(line));
  for (const { file, groups } of index) {
    const snapshots: ClusterSnapshot[] = [];
    for await (const { line } of readReplay([join(directory, file)])) {
      if (line.kind === 'snapshot') snapshots.push(line.snapshot);
    }
    yield { file, groups, labels: labels.filter((label) => label.file === file), snapshots };
  }
}
