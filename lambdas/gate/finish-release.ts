import { SluicegateError } from '../core/errors.ts';
import type { OffsetMarker } from '../core/release/offset-marker.ts';
import { finished } from '../core/release/open-entry.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { findRelease } from './find-release.ts';
import type { GateDependencies, ReleaseName } from './gate.ts';
import { freshMarker } from './group-samples.ts';

const TRIES = 3;

/** Ends a release, with its decision or without one; one that is over already stays as it is. */
export async function finishRelease(gate: GateDependencies, name: ReleaseName): Promise<GateAnswer> {
  const { ledger, clock } = gate;
  let marker: OffsetMarker | null | undefined;
  for (let turn = 0; turn < TRIES; turn++) {
    const entry = await findRelease(ledger, name);
    if (entry.state === 'finished') return answerOf(entry, clock.nowMs());
    if (marker === undefined) marker = await markerOrNone(gate, { cluster: entry.cluster, group: entry.release.group });
    const over = finished(entry, clock.nowMs(), marker);
    if ((await ledger.write(over)) === 'written') return answerOf(over, clock.nowMs());
  }
  throw new SluicegateError('STORE_CONFLICT', 'others keep writing this release: finish it again');
}

/** The end of a release does not wait for a cluster that can't be read. */
async function markerOrNone(
  gate: GateDependencies,
  of: { readonly cluster: string; readonly group: string },
): Promise<OffsetMarker | null> {
  try {
    return await freshMarker(gate, of);
  } catch (error) {
    gate.warn('a release is finished without an offset marker', error);
    return null;
  }
}
