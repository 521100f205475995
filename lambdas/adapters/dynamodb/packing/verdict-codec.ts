import { byteReader } from '../../../core/bytes/byte-reader.ts';
import { byteWriter } from '../../../core/bytes/byte-writer.ts';
import { corrupt } from '../../../core/bytes/corrupt.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import type { SlotVerdicts } from '../../../core/ports/evaluation-store.ts';
import type { GroupVerdict } from '../../../core/status/verdict.ts';
import { readGroup, type VerdictSource, type VerdictTarget, writeGroup } from './group-verdict-codec.ts';

/**
 * The verdicts of a slot, in the order of the groups' names, as what the slot's own snapshot does not tell:
 *
 *     slot, time, how many groups; then blocks, since like compresses with like:
 *     texts:   JSON of reasons, owners and whatever else is not as the snapshot makes one expect
 *     names:   of each group its place in the snapshot, or after the last place its name
 *     codes:   of each partition one number (partition-code.ts)
 *     seconds: of each partition with a time lag
 *     facts:   offsets and lags that the snapshot does not tell
 */
export function packVerdicts({ slotMs, atMs, verdicts }: SlotVerdicts, snapshot: ClusterSnapshot): Uint8Array {
  const names = byteWriter();
  const target: VerdictTarget = { codes: byteWriter(), seconds: byteWriter(), facts: byteWriter(), texts: [] };
  const known = [...snapshot.groups.keys()].sort();
  const placeOf = new Map(known.map((name, place) => [name, place]));
  let expectedPlace = 0;
  for (const verdict of verdicts.toSorted(byGroup)) {
    const place = placeOf.get(verdict.group) ?? known.length;
    names.near(place, expectedPlace);
    if (place === known.length) names.text(verdict.group);
    else expectedPlace = place + 1;
    writeGroup(target, verdict, snapshot);
  }
  const writer = byteWriter();
  writer.unsigned(slotMs);
  writer.near(atMs, snapshot.atMs);
  writer.unsigned(verdicts.length);
  writer.text(JSON.stringify(target.texts));
  for (const block of [names, target.codes, target.seconds, target.facts]) writer.block(block.finish());
  return writer.finish();
}

/** The verdicts again. Throws STORE_CORRUPT for bytes that were not packed so, against this snapshot. */
export function unpackVerdicts(content: Uint8Array, snapshot: ClusterSnapshot): SlotVerdicts {
  const reader = byteReader(content);
  const slotMs = reader.unsigned();
  const atMs = reader.near(snapshot.atMs);
  const count = reader.unsigned();
  const texts = (JSON.parse(reader.text()) as unknown[]).values();
  const names = byteReader(reader.block());
  const source: VerdictSource = {
    codes: byteReader(reader.block()),
    seconds: byteReader(reader.block()),
    facts: byteReader(reader.block()),
    texts,
  };
  reader.finish();
  const known = [...snapshot.groups.keys()].sort();
  let expectedPlace = 0;
  const verdicts = Array.from({ length: count }, () => {
    const place = names.near(expectedPlace);
    if (place === known.length) return readGroup(source, names.text(), snapshot);
    expectedPlace = place + 1;
    const group = known[place];
    if (group === undefined) throw corrupt('names a group that its snapshot lacks');
    return readGroup(source, group, snapshot);
  });
  return { slotMs, atMs, verdicts };
}

const byGroup = (a: GroupVerdict, b: GroupVerdict): number => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
