import { type ClientRun, type Measurement, medianOf } from './measurement.ts';

/** What one client did at one size. */
export interface Result {
  readonly client: string;
  /** `warm`: the median of all but the first snapshot of a process. */
  readonly state: 'cold' | 'warm';
  readonly measurement: Measurement;
  readonly peakMemoryMb: number;
}

/** One run as its cold and, where there were more snapshots, its warm result. */
export function resultsOf(client: string, { snapshots, peakMemoryMb }: ClientRun): readonly Result[] {
  const [first, ...others] = snapshots;
  if (first === undefined) throw new Error(`${client} measured nothing`);
  const cold: Result = { client, state: 'cold', measurement: first, peakMemoryMb };
  return others.length === 0 ? [cold] : [cold, { client, state: 'warm', measurement: medianOf(others), peakMemoryMb }];
}

const HEAD = [
  'client',
  'state',
  'groups',
  'requests',
  'KiB',
  'CPU ms',
  'wall ms',
  'wall ratio',
  'CPU ratio',
  'peak MiB',
];

/** A Markdown table; ratios are against the first result of the same state. */
export function renderTable(results: readonly Result[]): string {
  const rows = results.map(({ client, state, measurement, peakMemoryMb }) => {
    const base = results.find((result) => result.state === state)?.measurement ?? measurement;
    const { groups, requests, bytes, cpuMs, wallMs } = measurement;
    return [
      client,
      state,
      `${groups}`,
      requests?.toFixed(0) ?? '–',
      bytes === null ? '–' : (bytes / 1_024).toFixed(0),
      cpuMs?.toFixed(0) ?? '–',
      wallMs.toFixed(0),
      (wallMs / base.wallMs).toFixed(1),
      cpuMs === null || base.cpuMs === null ? '–' : (cpuMs / base.cpuMs).toFixed(1),
      peakMemoryMb.toFixed(0),
    ];
  });
  return [HEAD, HEAD.map((_, index) => (index < 2 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
