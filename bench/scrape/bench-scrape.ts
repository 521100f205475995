import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import { anApiWorld } from '../../test/builders/api-world.ts';
import { aGroup, aMember, aSnapshot, T0_MS } from '../../test/builders/snapshots.ts';
import { markdownTable } from '../scaled/markdown-table.ts';
import { seededRandom } from '../seeded-random.ts';

const SIZES = [1_000, 10_000, 100_000];
const PARTITIONS = 10;
const SAMPLES = 5;
const SCRAPES = 5;

/** `npm run bench -- scrape`: what one answer of `/metrics` weighs and takes, the sample already in memory. */
export async function benchScrape(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    const world = anApiWorld();
    const cluster = movingCluster(size / PARTITIONS);
    for (let sample = 0; sample < SAMPLES; sample += 1) await world.sample(cluster(sample));
    const plain = await world.get('/metrics');
    const plainBytes = (await plain.arrayBuffer()).byteLength;
    let packedBytes = 0;
    const before = process.cpuUsage();
    for (let scrape = 0; scrape < SCRAPES; scrape += 1) {
      const packed = await world.get('/metrics', { 'accept-encoding': 'gzip' });
      packedBytes = (await packed.arrayBuffer()).byteLength;
    }
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1_000 / SCRAPES;
    rows.push([`${size}`, kb(plainBytes), kb(packedBytes), cpuMs.toFixed(0)]);
  }
  console.log(markdownTable('One scrape', ['group-partitions', 'KB', 'KB gzip', 'CPU ms'], rows));
}

const kb = (bytes: number): string => (bytes / 1_024).toFixed(1);

/** Groups of ten partitions each, all at work; the same numbers at every run. */
function movingCluster(groups: number): (sample: number) => ClusterSnapshot {
  const random = seededRandom(7);
  const rates = Array.from({ length: groups * PARTITIONS }, () => Math.exp(6 * random.next()));
  const offset = (index: number, sample: number) => 1_000_000 + Math.round((rates[index] ?? 0) * 60 * sample);
  return (sample) => {
    const topics = new Map<string, PartitionLog[]>();
    const read = new Map<string, GroupSnapshot>();
    for (let group = 0; group < groups; group += 1) {
      const ends = Array.from({ length: PARTITIONS }, (_, partition) => offset(group * PARTITIONS + partition, sample));
      const topic = `team-${group % 40}.events.topic-${group}`;
      topics.set(
        topic,
        ends.map((logEndOffset) => ({ logStartOffset: 0, logEndOffset })),
      );
      const committed = ends.map(
        (end, partition) => end - Math.round((rates[group * PARTITIONS + partition] ?? 0) * 2),
      );
      const assigned = new Map([[topic, ends.map((_, partition) => partition)]]);
      const members = [aMember({ memberId: `consumer-${group}-1f0c7a52-52f1-4c1b`, assigned })];
      read.set(`team-${group % 40}-service-${group}`, aGroup({ members, committed: new Map([[topic, committed]]) }));
    }
    return aSnapshot({ atMs: T0_MS + sample * 60_000, topics, groups: read, failures: [] });
  };
}
