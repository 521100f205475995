import { type CostLine, charge } from './cost-line.ts';
import { ASSUMED, COLD_STARTS, type Deployment, partitionsOfOne, scrapesOf, slotsOf } from './deployment.ts';
import { at, MEASURED } from './measured.ts';

export const GB_BYTES = 2 ** 30;
/** Expired items are deleted, and charged, up to so much later. */
const DELETED_LATE_MS = 2 * 86_400_000;
const DAY_MS = 86_400_000;

/** DynamoDB: what is written, read and kept. */
export function tableLines(deployment: Deployment): readonly CostLine[] {
  return [...writeLines(deployment), ...readLines(deployment), ...storageLines(deployment)].filter(
    ({ quantity }) => quantity > 0,
  );
}

function writeLines(deployment: Deployment): readonly CostLine[] {
  const slots = slotsOf(deployment);
  const partitions = partitionsOfOne(deployment);
  const { slotWriteUnits, releaseMinutes } = MEASURED;
  const slotUnits = at(slotWriteUnits, partitions);
  const extraSamples = deployment.releases * releaseMinutes.value * ASSUMED.extraSamplesPerMinute;
  return [
    charge('table: samples, verdicts and checkpoints written', slots * slotUnits, 'writeUnit', {
      measured: slotWriteUnits.by,
      note: `${slotUnits.toFixed(1)} units a slot`,
    }),
    // They are judged by no rules, only kept; the ledger itself is a few items a release.
    charge('table: more samples while a release is open', extraSamples * slotUnits, 'writeUnit', {
      measured: slotWriteUnits.by,
    }),
  ];
}

function readLines(deployment: Deployment): readonly CostLine[] {
  const partitions = partitionsOfOne(deployment);
  const { readUnitsPerSlot, readUnitsPerColdStart, readUnitsPerScrape, releaseMinutes } = MEASURED;
  // A judgement reads the group's samples since the start and the past before it: no more than what a cold start reads.
  const judgements = deployment.releases * releaseMinutes.value * ASSUMED.gateCallsPerMinute;
  const coldReads = COLD_STARTS * deployment.clusters + judgements;
  return [
    charge('table: read by snapshot and evaluate', slotsOf(deployment) * at(readUnitsPerSlot, partitions), 'readUnit', {
      measured: readUnitsPerSlot.by,
    }),
    charge('table: read by cold starts and the gate', coldReads * at(readUnitsPerColdStart, partitions), 'readUnit', {
      measured: readUnitsPerColdStart.by,
      note: `${ASSUMED.coldStartsPerDay} cold starts a day assumed`,
    }),
    charge(
      'table: read by scrapers',
      scrapesOf(deployment) * at(readUnitsPerScrape, deployment.groupPartitions),
      'readUnit',
      { measured: readUnitsPerScrape.by },
    ),
  ];
}

function storageLines(deployment: Deployment): readonly CostLine[] {
  const { groupPartitions, sampleIntervalMs, retentionMs } = deployment;
  const { sampleBytes, evaluationBytes } = MEASURED;
  const kept = (bytes: number, forMs: number): number =>
    (bytes * groupPartitions * (forMs + DELETED_LATE_MS)) / sampleIntervalMs / GB_BYTES;
  const gb = kept(sampleBytes.value, retentionMs) + kept(evaluationBytes.value, DAY_MS);
  const basis = { measured: sampleBytes.by, note: `${sampleBytes.value} bytes a group-partition and sample` };
  return [
    charge('table: storage', gb, 'tableGb', basis),
    charge('table: point-in-time recovery', gb, 'recoveryGb', basis),
  ];
}

/** Encryption costs nothing, but for a key of the customer's. */
export const keyLines = ({ topicKey }: Deployment): readonly CostLine[] =>
  topicKey ? [charge('KMS: key of the topics', 1, 'key')] : [];
