import { cellAtAge } from '../../lag/time-axis.ts';
import type { Estimate, GroupMeasures, PartitionMeasures, Sureness } from '../measures.ts';
import type { GroupVerdict } from '../verdict.ts';
import type { GroupInstant } from './instant.ts';
import { producedPerS } from './learn/capacity.ts';
import { isSeen, type PartitionMemory } from './partition-memory.ts';
import { lostMessagesOf } from './rules/data-loss.ts';
import { unsettledSamples } from './rules/rebalance-storm.ts';
import { consumedPerS, trailAtMs, trailLength } from './trail.ts';

const UNKNOWN: Estimate = { kind: 'unknown' };

const known = (value: number, source: 'measured' | 'extrapolated' | 'learnt', sureness: Sureness): Estimate => ({
  kind: 'known',
  value,
  source,
  sureness,
});

/** Rates over the last minutes, and what follows if they go on. */
export function partitionMeasuresOf(p: PartitionMemory, instant: GroupInstant): PartitionMeasures {
  const lostMessages = lostMessagesOf(p);
  if (!isSeen(p, instant.atMs)) {
    const unknown = UNKNOWN;
    return {
      producedPerS: unknown,
      consumedPerS: unknown,
      drainEtaMs: unknown,
      retentionMarginMessages: unknown,
      lossEtaMs: unknown,
      lostMessages,
    };
  }
  const { memory, atMs, settings } = instant;
  const spanMs = settings.fallingBehind.productionMs;
  const cell = cellAtAge(memory.axis, atMs, spanMs);
  const seenMs = atMs - (memory.axis.atMs[cell] ?? atMs);
  const sureness: Sureness = seenMs >= 0.9 * spanMs ? 'high' : 'low';
  const produced = producedPerS(p.log, cell, instant);
  const consumed = consumedPerS(p.trail, atMs, Math.max(spanMs, 3 * instant.group.cadence.usualMs));
  const producedEstimate = Number.isNaN(produced) ? UNKNOWN : known(produced, 'measured', sureness);
  const consumedEstimate =
    trailLength(p.trail) === 0 && p.pending ? UNKNOWN : known(consumed, 'measured', trailSureness(p, atMs, spanMs));
  return {
    producedPerS: producedEstimate,
    consumedPerS: consumedEstimate,
    drainEtaMs: drainEta(p, produced, consumed, sureness),
    retentionMarginMessages: known(Math.max(0, p.committedOffset - p.log.startOffset), 'measured', 'high'),
    lossEtaMs: lossEta(p, consumed, instant),
    lostMessages,
  };
}

const trailSureness = ({ trail }: PartitionMemory, atMs: number, spanMs: number): Sureness =>
  atMs - trailAtMs(trail, 0) >= 0.9 * spanMs ? 'high' : 'low';

function drainEta(p: PartitionMemory, produced: number, consumed: number, sureness: Sureness): Estimate {
  if (!p.pending) return known(0, 'measured', 'high');
  if (Number.isNaN(produced)) return UNKNOWN;
  const perS = consumed - produced;
  return perS > 0
    ? known(Math.round((p.lagMessages / perS) * 1_000), 'extrapolated', sureness)
    : { kind: 'never', source: 'extrapolated', sureness };
}

/** Retention moves the log's start in leaps, so its speed is measured over hours. */
function lossEta(p: PartitionMemory, consumed: number, { atMs, settings }: GroupInstant): Estimate {
  const { startOffset, startThenOffset, startThenAtMs } = p.log;
  const spanMs = atMs - startThenAtMs;
  if (!(spanMs > 0)) return UNKNOWN;
  const sureness: Sureness = spanMs >= 0.5 * settings.retentionRateMs ? 'high' : 'low';
  const perS = ((startOffset - startThenOffset) / spanMs) * 1_000 - consumed;
  if (!(perS > 0)) return { kind: 'never', source: 'extrapolated', sureness };
  return known(Math.round((Math.max(0, p.committedOffset - startOffset) / perS) * 1_000), 'extrapolated', sureness);
}

/** Sums of rates and losses, the worst of the times, and the group's own. */
export function groupMeasuresOf({ partitions }: GroupVerdict, instant: GroupInstant): GroupMeasures {
  const { group } = instant;
  const all: PartitionMeasures[] = [];
  for (const list of partitions.values()) for (const one of list) if (one?.measures) all.push(one.measures);
  const { seen, unsettled } = unsettledSamples(group, instant);
  return {
    producedPerS: sumOf(all.map((one) => one.producedPerS)),
    consumedPerS: sumOf(all.map((one) => one.consumedPerS)),
    drainEtaMs: latestOf(all.map((one) => one.drainEtaMs)),
    lossEtaMs: soonestOf(all.map((one) => one.lossEtaMs)),
    lostMessages: all.reduce((sum, one) => sum + one.lostMessages, 0),
    usualCadenceMs:
      group.cadence.samples === 0
        ? UNKNOWN
        : known(
            Math.max(group.cadence.usualMs, instant.settings.sampleIntervalMs),
            'learnt',
            group.cadence.samples >= 20 ? 'high' : 'low',
          ),
    skewRatio: skewOf(all.map((one) => one.producedPerS)),
    rebalances: seen === 0 ? UNKNOWN : known(unsettled, 'measured', 'high'),
  };
}

type Known = Extract<Estimate, { kind: 'known' }>;

const knownOf = (estimates: readonly Estimate[]): Known[] =>
  estimates.filter((one): one is Known => one.kind === 'known');

const leastSure = (estimates: readonly { readonly sureness: Sureness }[]): Sureness =>
  estimates.some(({ sureness }) => sureness === 'low') ? 'low' : 'high';

function sumOf(estimates: readonly Estimate[]): Estimate {
  const parts = knownOf(estimates);
  if (parts.length === 0) return UNKNOWN;
  const sureness = parts.length < estimates.length ? 'low' : leastSure(parts);
  return known(
    parts.reduce((sum, { value }) => sum + value, 0),
    'measured',
    sureness,
  );
}

/** A group has drained when its last partition has. */
function latestOf(estimates: readonly Estimate[]): Estimate {
  const never = estimates.find(({ kind }) => kind === 'never');
  if (never) return never;
  const parts = knownOf(estimates);
  if (parts.length === 0) return UNKNOWN;
  return known(Math.max(...parts.map(({ value }) => value)), 'extrapolated', leastSure(parts));
}

function soonestOf(estimates: readonly Estimate[]): Estimate {
  const parts = knownOf(estimates);
  if (parts.length > 0) return known(Math.min(...parts.map(({ value }) => value)), 'extrapolated', leastSure(parts));
  return estimates.find(({ kind }) => kind === 'never') ?? UNKNOWN;
}

function skewOf(rates: readonly Estimate[]): Estimate {
  const parts = knownOf(rates);
  const sum = parts.reduce((total, { value }) => total + value, 0);
  if (!(sum > 0)) return UNKNOWN;
  return known((Math.max(...parts.map(({ value }) => value)) * parts.length) / sum, 'measured', leastSure(parts));
}
