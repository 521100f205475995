import { parseArgs } from 'node:util';
import { parseDurationMs } from '../../lambdas/config/duration.ts';
import { heapBytesPerHour } from './heap.ts';
import type { SoakScore } from './score.ts';
import { type SoakRun, soak } from './soak-run.ts';
import { timeOfDay } from './time-of-day.ts';

const USAGE = 'npm run bench -- soak [--for 30m] [--seed 1], at least 6m';
const LEAST_MS = 6 * 60_000;
const GROWTH_MAX_BYTES_PER_HOUR = 20 * 1_048_576;

/**
 * The whole service over a real cluster of three brokers, for as long as wanted, while members come and go, consumers
 * fail, brokers are killed and notices are refused. What was done is compared with what was told.
 */
export async function benchSoak(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { for: { type: 'string', default: '30m' }, seed: { type: 'string', default: '1' } },
  });
  const forMs = parseDurationMs(values.for);
  const seed = Number(values.seed);
  if (forMs === null || forMs < LEAST_MS || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  // The functions' own log lines would drown what people follow.
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'ERROR';
  const { score, heap, slots, failedSlots } = await soak(forMs, seed);
  const growth = heapBytesPerHour(heap);
  console.log(tableOf(score, { growth, slots, failedSlots, heap }));
  for (const { group, what, fromMs } of score.missed) console.log(`missed: ${group} ${what} at ${timeOfDay(fromMs)}`);
  for (const { group, atMs, kind, reason } of score.falseAlarms) {
    console.log(`false alarm: ${group} ${kind} at ${timeOfDay(atMs)}: ${reason?.sentence}`);
  }
  for (const { group, kind, atMs } of score.neverEnded)
    console.log(`never ended: ${group} ${kind} of ${timeOfDay(atMs)}`);
  const isGood = score.missed.length + score.falseAlarms.length + score.neverEnded.length === 0;
  process.exitCode = isGood && growth <= GROWTH_MAX_BYTES_PER_HOUR ? 0 : 1;
}

const mib = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;

function tableOf(
  { faults, missed, falseAlarms, duringBrokerFaults, neverEnded, repeats, delaysMs }: SoakScore,
  { growth, slots, failedSlots, heap }: Omit<SoakRun, 'score'> & { readonly growth: number },
): string {
  const medianMs = delaysMs[Math.floor(delaysMs.length / 2)] ?? Number.NaN;
  const rows: readonly (readonly [string, string])[] = [
    ['faults of groups', `${faults}`],
    ['missed', `${missed.length}`],
    ['false alarms', `${falseAlarms.length}`],
    ['openings around a broker’s fault', `${duringBrokerFaults}`],
    ['incidents that never ended', `${neverEnded.length}`],
    ['notices repeated under one id', `${repeats}`],
    ['delay, median and longest', `${Math.round(medianMs / 1_000)} s, ${Math.round((delaysMs.at(-1) ?? 0) / 1_000)} s`],
    ['slots, of them unreadable', `${slots}, ${failedSlots}`],
    ['heap after collection, last', mib(heap.at(-1)?.heapBytes ?? Number.NaN)],
    ['heap growth an hour', mib(growth)],
  ];
  return ['| | |', '| --- | ---: |', ...rows.map(([what, value]) => `| ${what} | ${value} |`)].join('\n');
}
