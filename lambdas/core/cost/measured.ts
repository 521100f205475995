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

/** Traffic of the labelled days, written and judged on DynamoDB Local at 1,000 and at 10,000 group-partitions. */
const HISTORY = 'bench history';

/**
 * Times are billed milliseconds at `memoryGb`: measured CPU at that memory's share of a core (0.29), and some 40 ms of
 * waiting. Units are DynamoDB's request units. A slot is one of one cluster.
 */
export const MEASURED = {
  memoryGb: { value: 0.5, by: 'infra/bundled-function.ts' },
  /** 41 ms of CPU to read 11,000 group-partitions, and 51 to write 10,000. */
  snapshotMs: { fixed: 65, perThousand: 28, by: 'bench snapshot, bench history' },
  evaluateMs: { fixed: 95, perThousand: 41, by: HISTORY },
  apiMs: { fixed: 40, perThousand: 131, by: 'bench scrape' },
  gateMs: { fixed: 120, perThousand: 0, by: 'bench cold-start, warm' },
  slackMs: { value: 300, by: 'bench cold-start, warm; Slack’s answer takes the most of it' },
  /** The sample, its verdicts, and its share of the checkpoint. */
  slotWriteUnits: { fixed: 3.7, perThousand: 4.8, by: HISTORY },
  /** Stored for one group-partition and sample, keyframes and item overhead included. */
  sampleBytes: { value: 2.47, by: HISTORY },
  /** Verdicts and checkpoints, which are gone within two days. */
  evaluationBytes: { value: 1.43, by: HISTORY },
  readUnitsPerSlot: { fixed: 4.5, perThousand: 1.99, by: HISTORY },
  /** The newest sample, without anything in memory. */
  readUnitsPerColdStart: { fixed: 3, perThousand: 8.3, by: HISTORY },
  readUnitsPerScrape: { fixed: 3, perThousand: 8.3, by: HISTORY },
  groupMetricBytes: { value: 250, by: 'docs/metrics.md' },
  /** Of `/metrics`, compressed. */
  scrapeBytes: { fixed: 8_000, perThousand: 59_200, by: 'bench scrape' },
  /** From the start of a good release to its promotion, in the median. */
  releaseMinutes: { value: 14.1, by: 'bench gate' },
} as const satisfies Record<string, Measured | Growing>;

/** The quantity at this many group-partitions. */
export const at = ({ fixed, perThousand }: Growing, groupPartitions: number): number =>
  fixed + (perThousand * groupPartitions) / 1_000;
