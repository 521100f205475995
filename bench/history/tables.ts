import { markdownTable } from '../scaled/markdown-table.ts';
import type { Life } from './life.ts';

/** Keyframes come every two hours, checkpoints every two and a half. A cluster so large that checkpoints come more often writes them within a short life. */
const KEYFRAME_SAMPLES = 120;
const CHECKPOINT_SAMPLES = 150;
const CHECKPOINT_PARTITIONS = 2_400_000;

/** Bytes of each kind by group-partition and sample. */
export function bytesTable(lives: readonly Life[]): string {
  const head = [
    'group-partitions',
    'groups',
    'keyframes',
    'samples',
    'headers',
    'verdicts',
    'checkpoints',
    'in all',
    'a keyframe',
    'a checkpoint',
  ];
  const rows = lives.map((life) => {
    const { groupPartitions, groups, bytes, minutes, keyframeBytesFirst, checkpointBytesLast } = life;
    const each = (sum: number) => sum / groupPartitions / minutes;
    const keyframe = keyframeBytesFirst / groupPartitions;
    const checkpoint = checkpointBytesLast / groupPartitions;
    const parts = [
      keyframe / KEYFRAME_SAMPLES,
      // In a life of less than an hour the keyframes are all in its first minute.
      minutes < KEYFRAME_SAMPLES
        ? each(bytes.sample)
        : each(bytes.sample + bytes.keyframe) - keyframe / KEYFRAME_SAMPLES,
      each(bytes.header),
      each(bytes.verdicts + bytes.position),
      checkpoint / Math.min(CHECKPOINT_SAMPLES, CHECKPOINT_PARTITIONS / groupPartitions),
    ];
    const sum = parts.reduce((all, part) => all + part, 0);
    const cells = [...parts, sum].map((part) => part.toFixed(2));
    return [`${groupPartitions}`, `${groups}`, ...cells, keyframe.toFixed(1), checkpoint.toFixed(1)];
  });
  return markdownTable('Bytes by group-partition and sample', head, rows);
}

/** Capacity, CPU and memory of one sample, beside the naive layout. */
export function costTable(lives: readonly Life[]): string {
  const head = [
    'group-partitions',
    'write units: sample',
    'evaluation',
    'naive',
    'ratio',
    'read units: sample',
    'evaluation',
    'items',
    'CPU ms to write',
    'naive, one sample',
    'CPU ms to evaluate',
    'peak MiB',
  ];
  const rows = lives.map((life) => {
    const { groupPartitions, minutes, writeUnits, readUnits, cpuMs, items, naive, peakMiB } = life;
    const units = (writeUnits.history + writeUnits.evaluation) / minutes;
    const naiveUnits = naive?.writeUnits ?? groupPartitions;
    return [
      `${groupPartitions}`,
      (writeUnits.history / minutes).toFixed(1),
      (writeUnits.evaluation / minutes).toFixed(1),
      `${naiveUnits}${naive === null ? ' (counted)' : ''}`,
      `1/${(naiveUnits / units).toFixed(0)}`,
      (readUnits.history / minutes).toFixed(1),
      (readUnits.evaluation / minutes).toFixed(1),
      (items / minutes).toFixed(1),
      (cpuMs.history / minutes).toFixed(0),
      naive?.cpuMs.toFixed(0) ?? '–',
      cpuMs.evaluation === 0 ? '–' : (cpuMs.evaluation / minutes).toFixed(0),
      peakMiB.toFixed(0),
    ];
  });
  return markdownTable('One sample, written and evaluated warm', head, rows);
}

/** What a reader without memory takes for one group's history, and for one sample of all groups. */
export function readTable(lives: readonly Life[]): string {
  const head = [
    'group-partitions',
    'samples',
    "the group's partitions",
    'KiB read',
    'KiB needed',
    'read units',
    'requests',
    'CPU ms',
    'newest sample: KiB',
    'read units',
    'CPU ms',
  ];
  const rows = lives.map(({ groupPartitions, bytes, minutes, groupRead: read }) => {
    const eachBytes = (bytes.keyframe + bytes.sample) / groupPartitions / minutes;
    return [
      `${groupPartitions}`,
      `${read.samples}`,
      `${read.partitions}`,
      (read.bytes / 1_024).toFixed(0),
      ((eachBytes * read.partitions * read.samples) / 1_024).toFixed(1),
      read.readUnits.toFixed(0),
      `${read.requests}`,
      read.cpuMs.toFixed(0),
      (read.newest.bytes / 1_024).toFixed(0),
      read.newest.readUnits.toFixed(0),
      read.newest.cpuMs.toFixed(0),
    ];
  });
  return markdownTable('One group over all samples; all groups once', head, rows);
}
