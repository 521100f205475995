import type { Found, Score } from './score.ts';

/** The figures of one ruleset on one set. */
export interface Summary {
  readonly falseAlarms: number;
  readonly falsePerGroupDay: number;
  readonly recall: number;
  readonly f1: number;
  readonly rightKind: number;
  readonly changes: number;
  readonly stuckMedianS: number | null;
  readonly stuckP95S: number | null;
  readonly behindMedianS: number | null;
}

const DAY_MS = 86_400_000;

export function summaryOf(score: Score): Summary {
  const { incidents, falseCount, trueEpisodes, healthyMs } = score;
  const detected = incidents.filter((one) => one.detected);
  const recall = detected.length / Math.max(1, incidents.length);
  const precision = trueEpisodes / Math.max(1, trueEpisodes + falseCount);
  const stuck = delaysOf(incidents, ['STOPPED', 'STALLED']);
  return {
    falseAlarms: falseCount,
    falsePerGroupDay: falseCount / Math.max(1e-9, healthyMs / DAY_MS),
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    rightKind: incidents.filter((one) => one.rightKind).length / Math.max(1, incidents.length),
    changes: detected.reduce((sum, one) => sum + one.changes, 0) / Math.max(1, detected.length),
    stuckMedianS: stuck[Math.floor(stuck.length / 2)] ?? null,
    stuckP95S: stuck[Math.max(0, Math.ceil(0.95 * stuck.length) - 1)] ?? null,
    behindMedianS: median(delaysOf(incidents, ['FALLING_BEHIND'])),
  };
}

function delaysOf(incidents: readonly Found[], kinds: readonly string[]): number[] {
  return incidents
    .flatMap(({ kind, delayMs }) => (delayMs !== null && kinds.includes(kind) ? [delayMs / 1_000] : []))
    .toSorted((a, b) => a - b);
}

const median = (sorted: readonly number[]): number | null => sorted[Math.floor(sorted.length / 2)] ?? null;

const HEAD = [
  'false alarms',
  'per group-day',
  'recall',
  'F1',
  'right kind',
  'changes',
  'stopped/stalled median s',
  'p95 s',
  'falling behind median s',
];

/** A Markdown table, one row per named summary. */
export function summaryTable(rows: readonly (readonly [string, Summary])[]): string {
  const lines = rows.map(([name, one]) => [
    name,
    `${one.falseAlarms}`,
    one.falsePerGroupDay.toFixed(3),
    one.recall.toFixed(3),
    one.f1.toFixed(3),
    one.rightKind.toFixed(3),
    one.changes.toFixed(2),
    ...[one.stuckMedianS, one.stuckP95S, one.behindMedianS].map((seconds) => seconds?.toFixed(0) ?? '–'),
  ]);
  return [['', ...HEAD], ['---', ...HEAD.map(() => '---:')], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** The same by kind of incident. */
export function kindTable({ incidents }: Score): string {
  const kinds = [...new Set(incidents.map(({ kind }) => kind))].toSorted();
  const lines = kinds.map((kind) => {
    const own = incidents.filter((one) => one.kind === kind);
    const delays = delaysOf(own, [kind]);
    const share = (test: (one: Found) => boolean) => (own.filter(test).length / own.length).toFixed(3);
    const p95 = delays[Math.max(0, Math.ceil(0.95 * delays.length) - 1)];
    return [
      kind,
      `${own.length}`,
      share((one) => one.detected),
      share((one) => one.rightKind),
      median(delays)?.toFixed(0) ?? '–',
      p95?.toFixed(0) ?? '–',
    ];
  });
  return [
    ['kind', 'incidents', 'found', 'right kind', 'median s', 'p95 s'],
    ['---', '---:', '---:', '---:', '---:', '---:'],
    ...lines,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
