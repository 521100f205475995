import { parseArgs } from 'node:util';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { newestSlot } from '../../lambdas/adapters/dynamodb/slots.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { groupPartitionsIn } from '../../lambdas/core/cluster/group-partitions.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { peakMemoryMiB, withCpuMs } from '../scaled/cpu.ts';
import { evaluationOf } from '../scaled/evaluation-of.ts';
import { type MeteredTable, meteredTable } from '../scaled/metered-table.ts';
import { recordedDays } from '../scaled/recorded-days.ts';
import { CLUSTER, scaledCluster, slotAt } from '../scaled/scaled-cluster.ts';
import { emptyBytes, type KindBytes, kindOf } from './kinds.ts';
import { measureNaive, type NaiveLayout } from './naive-layout.ts';
import { type GroupRead, measureGroupRead } from './read-group.ts';

/** What one size came to, sums over the minutes that were measured unless a name says otherwise. */
export interface Life {
  readonly groupPartitions: number;
  readonly groups: number;
  readonly minutes: number;
  readonly bytes: KindBytes;
  readonly keyframeBytesFirst: number;
  readonly checkpointBytesLast: number;
  readonly checkpoints: number;
  readonly writeUnits: { readonly history: number; readonly evaluation: number };
  readonly readUnits: { readonly history: number; readonly evaluation: number };
  readonly cpuMs: { readonly history: number; readonly evaluation: number };
  readonly items: number;
  readonly peakMiB: number;
  readonly naive: NaiveLayout | null;
  readonly groupRead: GroupRead;
}

/** The naive layout writes an item a partition: beyond this it is counted, not written. */
const NAIVE_MAX = 20_000;

interface Plan {
  readonly endpoint: string;
  readonly set: string | undefined;
  readonly size: number;
  readonly minutes: number;
  readonly measured: number;
  readonly evaluate: boolean;
}

async function live({ endpoint, set, size, minutes, measured, evaluate }: Plan): Promise<Life> {
  const location = { tableName: `history-${size}`, endpoint };
  await createTable(location);
  const metered = meteredTable(location);
  const cluster = scaledCluster(await recordedDays(set), size);
  const evaluation = evaluationOf(metered.table, { nowMs: () => slotAt(minutes) });
  const apart = openTable(location);
  let totals = noTotals();
  for (let minute = 0; minute < minutes; minute += 1) {
    if (minute === minutes - measured) totals = { ...noTotals(), first: totals.first, checkpoint: totals.checkpoint };
    const sample = { slotMs: slotAt(minute), snapshot: cluster.snapshotAt(minute) };
    const [, historyMs] = await withCpuMs(() => evaluation.history.append(sample));
    const header = await newestSlot(apart, CLUSTER, sample.slotMs);
    const keyframes = header?.buckets.map(({ parentSlotMs }) => parentSlotMs === null) ?? [];
    addTo(totals, 'history', metered, { cpuMs: historyMs, keyframes });
    totals.first ||= totals.bytes.keyframe;
    if (!evaluate) continue;
    const [, evaluationMs] = await withCpuMs(() => evaluateCluster(evaluation, { cluster: CLUSTER, unread: null }));
    addTo(totals, 'evaluation', metered, { cpuMs: evaluationMs, keyframes: [] });
  }
  const last = cluster.snapshotAt(minutes - 1);
  const peakMiB = peakMemoryMiB();
  return {
    groupPartitions: groupPartitionsIn(last),
    groups: last.groups.size,
    minutes: measured,
    bytes: totals.bytes,
    keyframeBytesFirst: totals.first,
    checkpointBytesLast: totals.checkpoint,
    checkpoints: totals.checkpoints,
    writeUnits: totals.writeUnits,
    readUnits: totals.readUnits,
    cpuMs: totals.cpuMs,
    items: totals.items,
    peakMiB,
    groupRead: await measureGroupRead(location, last, slotAt(minutes)),
    naive: size <= NAIVE_MAX ? await measureNaive(metered, last, slotAt(minutes)) : null,
  };
}

type Part = 'history' | 'evaluation';

const noTotals = () => ({
  bytes: emptyBytes(),
  first: 0,
  checkpoint: 0,
  checkpoints: 0,
  writeUnits: { history: 0, evaluation: 0 },
  readUnits: { history: 0, evaluation: 0 },
  cpuMs: { history: 0, evaluation: 0 },
  items: 0,
});

function addTo(
  totals: ReturnType<typeof noTotals>,
  part: Part,
  metered: MeteredTable,
  { cpuMs, keyframes }: { readonly cpuMs: number; readonly keyframes: readonly boolean[] },
): void {
  const { written, writeUnits, readUnits } = metered.take();
  totals.cpuMs[part] += cpuMs;
  totals.writeUnits[part] += writeUnits;
  totals.readUnits[part] += readUnits;
  totals.items += written.length;
  let checkpoint = 0;
  for (const { key, bytes } of written) {
    const kind = kindOf(key, keyframes);
    totals.bytes[kind] += bytes;
    if (kind === 'checkpoint') checkpoint += bytes;
  }
  if (checkpoint === 0) return;
  totals.checkpoint = checkpoint;
  totals.checkpoints += 1;
}

const { values } = parseArgs({
  options: {
    endpoint: { type: 'string', default: '' },
    set: { type: 'string' },
    size: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '130' },
    measured: { type: 'string', default: '90' },
    evaluate: { type: 'boolean', default: false },
  },
});

const { endpoint, set, evaluate } = values;
const [size, minutes, measured] = [Number(values.size), Number(values.minutes), Number(values.measured)];
console.log(JSON.stringify(await live({ endpoint, set, size, minutes, measured, evaluate })));
