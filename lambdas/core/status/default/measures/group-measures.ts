import type { Estimate, MeasuredGroup, PartitionMeasures } from '../../measures.ts';
import type { GroupInstant } from '../instant.ts';
import { unsettledSamples } from '../rules/rebalance-storm.ts';
import { firstOf, lastOf, newTally, roughly, sumOf, type Tally, tally, UNKNOWN } from './estimates.ts';
import { partitionMeasuresOf } from './partition-measures.ts';

/** Observations from which on a learnt cadence is sure. */
const CADENCE_SURE_SAMPLES = 20;

/** Its partitions, the sums of their rates and losses, the worst of their times, and what is the group's own. */
export function measuredGroupOf(instant: GroupInstant): MeasuredGroup {
  const [produced, consumed, drain, loss] = [newTally(), newTally(), newTally(), newTally()];
  let lostMessages = 0;
  const partitions = new Map<string, readonly (PartitionMeasures | null)[]>();
  for (const [topic, list] of instant.group.byTopic) {
    const measured = list.map((p) => p && partitionMeasuresOf(p, instant));
    partitions.set(topic, measured);
    for (const one of measured) {
      if (one === null) continue;
      tally(produced, one.producedPerS);
      tally(consumed, one.consumedPerS);
      tally(drain, one.drainEtaMs);
      tally(loss, one.lossEtaMs);
      lostMessages += one.lostMessages;
    }
  }
  const { seen, unsettled } = unsettledSamples(instant.group, instant);
  const group = {
    producedPerS: sumOf(produced),
    consumedPerS: sumOf(consumed),
    drainEtaMs: lastOf(drain),
    lossEtaMs: firstOf(loss),
    lostMessages,
    usualCadenceMs: cadenceOf(instant),
    skewRatio: skewOf(produced),
    producedPeakPerS: learntOf(instant.group.capacity.producedPeakPerS),
    memberBestPerS: learntOf(instant.group.capacity.memberBestPerS),
    rebalances: seen === 0 ? UNKNOWN : roughly(unsettled, 'measured', 'high'),
  };
  return { group, partitions };
}

/** Nothing was learnt while it is 0. */
const learntOf = (perS: number): Estimate => (perS > 0 ? roughly(perS, 'learnt', 'high') : UNKNOWN);

/** No faster than samples can tell. */
function cadenceOf({ group: { cadence }, settings }: GroupInstant): Estimate {
  if (cadence.samples === 0) return UNKNOWN;
  const sureness = cadence.samples >= CADENCE_SURE_SAMPLES ? 'high' : 'low';
  return roughly(Math.max(cadence.usualMs, settings.sampleIntervalMs), 'learnt', sureness);
}

function skewOf({ sum, most, known: parts, sureness }: Tally): Estimate {
  return sum > 0 ? roughly((most * parts) / sum, 'measured', sureness) : UNKNOWN;
}
