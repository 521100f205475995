import { byteReader } from '../../../core/bytes/byte-reader.ts';
import { byteWriter } from '../../../core/bytes/byte-writer.ts';
import { corrupt } from '../../../core/bytes/corrupt.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import type { SlotVerdicts } from '../../../core/ports/evaluation-store.ts';
import type { GroupVerdict } from '../../../core/status/verdict.ts';
import { type LogsAt, readingsOf } from './expected-time-lag.ts';
import { readGroup, type VerdictSource, type VerdictTarget, writeGroup } from './group-verdict-codec.ts';
import { reasonReader, reasonWriter, type Template } from './verdict-reasons.ts';

/** The sample that verdicts judge, and the logs as they were in the one before; null when that is not known. */
export interface Judged {
  readonly snapshot: ClusterSnapshot;
  readonly before: LogsAt | null;
}

/**
 * The verdicts of a slot, in the order of the groups' names, as what the slot's own snapshot does not tell:
 *
 *     slot, time, the size of what it is packed against, how many groups; then blocks, since like compresses with like:
 *     texts:   JSON of owners and whatever else is not as the snapshot makes one expect, then the reasons' templates
 *     names:   of each group its place in the snapshot, or after the last place its name
 *     codes:   of each partition one number (partition-code.ts)
 *     seconds: of each partition with a time lag, against what two readings of the log make one expect
 *     facts:   offsets and lags that the snapshot does not tell
 *     reasons: their numbers (verdict-reasons.ts)
 */
export function packVerdicts({ slotMs, atMs, verdicts }: SlotVerdicts, { snapshot, before }: Judged): Uint8Array {
  const names = byteWriter();
  const target: VerdictTarget = {
    codes: byteWriter(),
    seconds: byteWriter(),
    facts: byteWriter(),
    reasons: reasonWriter(),
    texts: [],
  };
  const basis = { snapshot, readings: readingsOf(before, snapshot) };
  const known = [...snapshot.groups.keys()].sort();
  const placeOf = new Map(known.map((name, place) => [name, place]));
  let expectedPlace = 0;
  for (const verdict of inOrder(verdicts, placeOf)) {
    const place = placeOf.get(verdict.group) ?? known.length;
    names.near(place, expectedPlace);
    if (place === known.length) names.text(verdict.group);
    else expectedPlace = place + 1;
    writeGroup(target, verdict, basis);
  }
  const writer = byteWriter();
  writer.unsigned(slotMs);
  writer.near(atMs, snapshot.atMs);
  for (const size of sizesOf({ snapshot, before })) writer.unsigned(size);
  writer.unsigned(verdicts.length);
  const reasons = target.reasons.finish();
  writer.text(JSON.stringify([target.texts, reasons.templates]));
  for (const block of [names, target.codes, target.seconds, target.facts]) writer.block(block.finish());
  writer.block(reasons.numbers);
  return writer.finish();
}

/**
 * The verdicts again; null when part of the samples that they were packed against was lost since. Throws STORE_CORRUPT
 * for bytes that were not packed so, against this snapshot.
 */
export function unpackVerdicts(content: Uint8Array, { snapshot, before }: Judged): SlotVerdicts | null {
  const reader = byteReader(content);
  const slotMs = reader.unsigned();
  const atMs = reader.near(snapshot.atMs);
  if (sizesOf({ snapshot, before }).some((size) => reader.unsigned() !== size)) return null;
  const count = reader.unsigned();
  const [texts, templates] = JSON.parse(reader.text()) as [unknown[], readonly Template[]];
  const basis = { snapshot, readings: readingsOf(before, snapshot) };
  const names = byteReader(reader.block());
  const source: VerdictSource = {
    codes: byteReader(reader.block()),
    seconds: byteReader(reader.block()),
    facts: byteReader(reader.block()),
    reasons: reasonReader(templates, reader.block()),
    texts: texts.values(),
  };
  reader.finish();
  const known = [...snapshot.groups.keys()].sort();
  let expectedPlace = 0;
  const verdicts = Array.from({ length: count }, () => {
    const place = names.near(expectedPlace);
    if (place === known.length) return readGroup(source, names.text(), basis);
    expectedPlace = place + 1;
    const group = known[place];
    if (group === undefined) throw corrupt('names a group that its snapshot lacks');
    return readGroup(source, group, basis);
  });
  return { slotMs, atMs, verdicts };
}

/** Damage to a stored sample takes whole groups and topics away: then there are fewer than there were. */
const sizesOf = ({ snapshot, before }: Judged): number[] => [
  snapshot.groups.size,
  snapshot.topics.size,
  before?.topics.size ?? 0,
];

/** By name. The places of those that the snapshot has are their order: only others have to be compared. */
function inOrder(verdicts: readonly GroupVerdict[], placeOf: ReadonlyMap<string, number>): readonly GroupVerdict[] {
  const byPlace = new Array<GroupVerdict | undefined>(placeOf.size);
  const others: GroupVerdict[] = [];
  for (const verdict of verdicts) {
    const place = placeOf.get(verdict.group);
    if (place === undefined) others.push(verdict);
    else byPlace[place] = verdict;
  }
  const known = byPlace.filter((verdict) => verdict !== undefined);
  return others.length === 0 ? known : [...known, ...others].sort(byGroup);
}

const byGroup = (a: GroupVerdict, b: GroupVerdict): number => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
