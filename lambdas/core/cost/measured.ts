/** A figure that was measured, and what measured it: a bench (`npm run bench -- NAME`) or a test. */
export interface Measured {
  readonly value: number;
  readonly by: string;
}

/** A quantity that grows with the group-partitions of a cluster: `fixed`, and so much more for each thousand. */
export interface Growing {
  readonly fixed: number;
  readonly perThousand: number;
  readonly by: string;
}

const HISTORY = 'docs/performance.md, History';

/** Times are billed milliseconds at `memoryGb`, units are DynamoDB's request units. A slot is one of one cluster. */
export const MEASURED = {
  memoryGb: { value: 0.5, by: 'infra/bundled-function.ts' },
  snapshotMs: { fixed: 100, perThousand: 20, by: HISTORY },
  evaluateMs: { fixed: 100, perThousand: 30, by: HISTORY },
  apiMs: { fixed: 60, perThousand: 60, by: HISTORY },
  gateMs: { fixed: 150, perThousand: 5, by: HISTORY },
  slackMs: { value: 300, by: HISTORY },
  sampleWriteUnits: { fixed: 1.5, perThousand: 2.8, by: HISTORY },
  /** Verdicts each slot, and the sixtieth part of the hourly checkpoint. */
  evaluationWriteUnits: { fixed: 1.9, perThousand: 1.45, by: HISTORY },
  releaseWriteUnits: { value: 60, by: HISTORY },
  /** Stored for one group-partition and sample, keyframes and item overhead included. */
  sampleBytes: { value: 2.6, by: HISTORY },
  /** Verdicts and checkpoints, which are gone within two days. */
  evaluationBytes: { value: 1.5, by: HISTORY },
  readUnitsPerSlot: { fixed: 5, perThousand: 0.7, by: HISTORY },
  readUnitsPerColdStart: { fixed: 7, perThousand: 14, by: HISTORY },
  readUnitsPerScrape: { fixed: 3, perThousand: 4, by: HISTORY },
  logBytesPerSlot: { value: 2_400, by: HISTORY },
  groupMetricBytes: { value: 250, by: 'docs/metrics.md' },
  /** Of `/metrics`, compressed. */
  scrapeBytes: { fixed: 2_000, perThousand: 30_000, by: HISTORY },
  /** From the start of a good release to its promotion, in the median. */
  releaseMinutes: { value: 14.1, by: 'bench gate-releases' },
} as const satisfies Record<string, Measured | Growing>;

/** The quantity at this many group-partitions. */
export const at = ({ fixed, perThousand }: Growing, groupPartitions: number): number =>
  fixed + (perThousand * groupPartitions) / 1_000;
