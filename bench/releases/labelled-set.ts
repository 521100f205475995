import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReplay } from '../../lambdas/adapters/ndjson/read-replay.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { Release } from '../../lambdas/core/release/release.ts';
import type { Truth } from './tally.ts';

/** One recorded release with what is true of it. */
export interface LabelledRelease {
  readonly name: string;
  readonly truth: Truth;
  readonly release: Release;
  readonly snapshots: readonly ClusterSnapshot[];
  /** When a fault could first be seen, after the start; null: there is none, or never. */
  readonly visibleAtMinutes: number | null;
}

/** A line of `releases.ndjson`, as far as it is used. */
interface Label {
  readonly file: string;
  readonly cls: string;
  readonly truth: 'good' | 'bad';
  readonly observable: boolean;
  readonly observableAt: number | null;
}

/** The releases of a directory that has a `releases.ndjson` beside one recording each. */
export async function* labelledSet(directory: string): AsyncGenerator<LabelledRelease> {
  const labels = readFileSync(join(directory, 'releases.ndjson'), 'utf8').trim().split('\n');
  for (const line of labels) {
    const { file, cls, truth, observable, observableAt }: Label = JSON.parse(line);
    let release: Release | null = null;
    const snapshots: ClusterSnapshot[] = [];
    for await (const { line: entry } of readReplay([join(directory, file)])) {
      if (entry.kind === 'release') release = entry.release;
      else snapshots.push(entry.snapshot);
    }
    if (release === null) throw new Error(`${file} has no release line`);
    const visible: Truth = truth === 'bad' && !observable ? 'blind' : truth;
    const visibleAtMinutes = observableAt === null ? null : (observableAt - release.startedAtMs) / 60_000;
    yield { name: `${visible} ${cls}`, truth: visible, release, snapshots, visibleAtMinutes };
  }
}
