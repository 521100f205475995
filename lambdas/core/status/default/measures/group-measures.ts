import type { Estimate, GroupMeasures } from '../../measures.ts';
import type { GroupVerdict } from '../../verdict.ts';
import type { GroupInstant } from '../instant.ts';
import { unsettledSamples } from '../rules/rebalance-storm.ts';
import { firstOf, known, lastOf, newTally, sumOf, type Tally, tally, UNKNOWN } from './estimates.ts';

/** Observations from which on a learnt cadence is sure. */
const CADENCE_SURE_SAMPLES = 20;

/** Sums of its partitions' rates and losses, the worst of their times, and what is the group's own. */
export function groupMeasuresOf({ partitions }: GroupVerdict, instant: GroupInstant): GroupMeasures {
  const [produced, consumed, drain, loss] = [newTally(), newTally(), newTally(), newTally()];
  let lostMessages = 0;
  for (const list of partitions.values()) {
    for (const one of list) {
      if (one?.measures === undefined) continue;
      tally(produced, one.measures.producedPerS);
      tally(consumed, one.measures.consumedPerS);
      tally(drain, one.measures.drainEtaMs);
      tally(loss, one.measures.lossEtaMs);
      lostMessages += one.measures.lostMessages;
    }
  }
  const { seen, unsettled } = unsettledSamples(instant.group, instant);
  return {
    producedPerS: sumOf(produced),
    consumedPerS: sumOf(consumed),
    drainEtaMs: lastOf(drain),
    lossEtaMs: firstOf(loss),
    lostMessages,
    usualCadenceMs: cadenceOf(instant),
    skewRatio: skewOf(produced),
    producedPeakPerS: learntOf(instant.group.capacity.producedPeakPerS),
    memberBestPerS: learntOf(instant.group.capacity.memberBestPerS),
    rebalances: seen === 0 ? UNKNOWN : known(unsettled, 'measured', 'high'),
  };
}

/** Nothing was learnt while it is 0. */
const learntOf = (perS: number): Estimate => (perS > 0 ? known(perS, 'learnt', 'high') : UNKNOWN);

/** No faster than samples can tell. */
function cadenceOf({ group: { cadence }, settings }: GroupInstant): Estimate {
  if (cadence.samples === 0) return UNKNOWN;
  const sureness = cadence.samples >= CADENCE_SURE_SAMPLES ? 'high' : 'low';
  return known(Math.max(cadence.usualMs, settings.sampleIntervalMs), 'learnt', sureness);
}

function skewOf({ sum, most, known: parts, sureness }: Tally): Estimate {
  return sum > 0 ? known((most * parts) / sum, 'measured', sureness) : UNKNOWN;
}
