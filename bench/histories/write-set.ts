import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import { LIVES } from './catalogue.ts';
import { FAULT_NAMES, type FaultName, withFault } from './faults.ts';
import { type Label, labelled } from './labels.ts';
import type { ClusterPlan, ReadingPlan } from './plan.ts';
import { randomOf } from './random.ts';
import type { Moment } from './simulate.ts';

/** Lives whose groups are there all day: where a fault means what it says. */
const FAULTY_LIVES = [
  'steady',
  'bursty',
  'batchCommit',
  'deploysDaily',
  'deploysTwoHourly',
  'staticMembers',
  'severalGroups',
  'unequalMembers',
  'pauses',
  'transactional',
  'tight',
  'manual',
  'compacted',
  'scaling',
  'shareGroup',
  'streamsGroup',
  'mixedCluster',
  'brokerDown',
  'clusterSlow',
  'blindGaps',
  'badClock',
  'addPartitions',
  'smallRewinds',
];

/** The plan with this number: even ones are healthy, odd ones have faults. */
export function planOf(number: number, seed: number): ClusterPlan {
  const random = randomOf(seed * 1_000 + number);
  const lives = Object.entries(LIVES);
  if (number % 2 === 0) {
    const [kind, life] = lives[(number / 2) % lives.length] ?? ['steady', LIVES['steady']];
    if (life === undefined) throw new Error('invariant: no life');
    return life(random, `${kind}-${number}`);
  }
  const index = (number - 1) / 2;
  const kind = FAULTY_LIVES[index % FAULTY_LIVES.length] ?? 'steady';
  const life = LIVES[kind];
  if (life === undefined) throw new Error(`invariant: no life ${kind}`);
  const first: FaultName = FAULT_NAMES[index % FAULT_NAMES.length] ?? 'allGone';
  const second: FaultName = random.pick(FAULT_NAMES);
  const plan = life(random, `${kind}-${first}-${number}`);
  const once = withFault(random, plan, first, random.whole(7_200, 28_000));
  if (first === 'deleted' || second === 'deleted' || second === 'dataLoss') return once;
  return withFault(random, once, second, random.whole(52_000, 70_000));
}

/** How many samples back a late line lies. */
const LATE_SAMPLES = 3;

function linesOf(moments: readonly Moment[], { duplicates, late }: ReadingPlan): string[] {
  const lines = moments.map(({ snapshot }) => renderSnapshot(snapshot));
  const isAt = (times: readonly number[], second: number) => times.some((at) => Math.abs(at - second) < 30);
  return moments.flatMap(({ second }, index) => {
    const [line = '', past = line] = [lines[index], lines[index - LATE_SAMPLES]];
    return [line, ...(isAt(duplicates, second) ? [line] : []), ...(isAt(late, second) ? [past] : [])];
  });
}

/** Writes histories, labels and an index as the corpus has them. */
export function writeSet(directory: string, numbers: readonly number[], seed: number): void {
  mkdirSync(directory, { recursive: true });
  const labels: Label[] = [];
  const index: object[] = [];
  for (const number of numbers) {
    const plan = planOf(number, seed);
    const file = `${plan.name}.ndjson.gz`;
    const { moments, labels: own } = labelled(plan, file);
    writeFileSync(join(directory, file), gzipSync(`${linesOf(moments, plan.reading).join('\n')}\n`));
    labels.push(...own);
    index.push({
      file,
      cluster: plan.name,
      groups: plan.groups.map(({ name }) => name),
      faults: plan.faults.map(({ kind }) => kind),
    });
  }
  writeFileSync(join(directory, 'labels.ndjson'), labels.map((label) => `${JSON.stringify(label)}\n`).join(''));
  writeFileSync(join(directory, 'index.json'), JSON.stringify(index));
}
