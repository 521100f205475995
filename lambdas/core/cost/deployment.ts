/** What decides the bill: the size of what is watched, and what of sluicegate is in use. */
export interface Deployment {
  readonly clusters: number;
  /** In all clusters together. */
  readonly groups: number;
  /** Partitions that groups read, counted once for each group, in all clusters together. */
  readonly groupPartitions: number;
  readonly sampleIntervalMs: number;
  /** How long samples are kept. */
  readonly retentionMs: number;
  /** Prometheus servers and the like that ask for `/metrics` of everything. */
  readonly scrapers: number;
  readonly scrapeIntervalMs: number;
  /** Groups with CloudWatch metrics of their own. */
  readonly groupMetrics: number;
  /** Releases a month that the gate judges. */
  readonly releases: number;
  /** Zones with an interface endpoint for Secrets Manager: only clusters in a VPC that log in with a secret need one. */
  readonly endpointZones: number;
  readonly slack: boolean;
  readonly dashboard: boolean;
  /** Whether the topics are encrypted with a key of the customer's. */
  readonly topicKey: boolean;
}

/** What stands in a stack by default; sizes have no default. */
export const USUAL_DEPLOYMENT = {
  clusters: 1,
  sampleIntervalMs: 60_000,
  retentionMs: 30 * 86_400_000,
  scrapers: 0,
  scrapeIntervalMs: 60_000,
  groupMetrics: 0,
  releases: 10,
  endpointZones: 0,
  slack: false,
  dashboard: false,
  topicKey: false,
} as const satisfies Omit<Deployment, 'groups' | 'groupPartitions'>;

/** A twelfth of a year, as AWS counts: 730 hours. */
export const MONTH_HOURS = 730;

const MONTH_MS = MONTH_HOURS * 3_600_000;

/** How often in a month something happens that happens this often. */
export const timesAMonth = (everyMs: number): number => MONTH_MS / everyMs;

/** Scheduled readings a month, of all clusters. */
export const slotsOf = ({ clusters, sampleIntervalMs }: Deployment): number => clusters * timesAMonth(sampleIntervalMs);

/** Group-partitions of one cluster: they are taken to be evenly spread. */
export const partitionsOfOne = ({ groupPartitions, clusters }: Deployment): number => groupPartitions / clusters;

/** Scrapes a month. */
export const scrapesOf = ({ scrapers, scrapeIntervalMs }: Deployment): number =>
  scrapers * timesAMonth(scrapeIntervalMs);

/** What nobody measured here, since it depends on the user; each line that rests on one says so. */
export const ASSUMED = {
  /** Notices a month of each group. */
  noticesPerGroup: 1,
  /** Of each function: AWS takes an execution environment out of service after some hours. */
  coldStartsPerDay: 12,
  /** Of the gate, in each minute of a release: pipelines ask every half minute. */
  gateCallsPerMinute: 2,
  /** While a release is open, its cluster is read every 15 s, in one invocation a minute. */
  extraSamplesPerMinute: 3,
  /** Lambda's own lines and ours, of the two functions that run in a slot, and the metrics' line. */
  logBytesPerSlot: 2_400,
} as const;

/** The stack's parts that have a monthly price each; a test holds them to the synthesised template. */
export const PARTS = {
  metricsPerCluster: 5,
  metricsPerGroup: 2,
  alarmsPerCluster: 1,
  /** Without the gate's. */
  alarms: 2,
  alarmsOfGate: 1,
  alarmsOfSlack: 1,
  secrets: 1,
} as const;

export const noticesOf = ({ groups }: Deployment): number => groups * ASSUMED.noticesPerGroup;

/** Cold starts a month of one function. */
export const COLD_STARTS = (ASSUMED.coldStartsPerDay * MONTH_HOURS) / 24;
