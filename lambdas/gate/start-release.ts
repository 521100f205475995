import { SluicegateError } from '../core/errors.ts';
import type { LedgerEntry } from '../core/release/ledger-entry.ts';
import type { OffsetMarker } from '../core/release/offset-marker.ts';
import { finished, newEntry, nextAttempt, type ReleaseWish } from '../core/release/open-entry.ts';
import { planStart, type StartPlan } from '../core/release/plan-start.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { newestRelease, openRelease } from './find-release.ts';
import type { GateDependencies } from './gate.ts';
import { freshMarker } from './group-samples.ts';

/** Somebody else was faster: what the ledger then holds decides, so a second look is enough, and a third is luck. */
const LOOKS = 3;

/** Opens a release, or its next attempt, at the offsets of a fresh reading. Throws RELEASE_REFUSED, SNAPSHOT_FAILED. */
export async function startRelease(
  gate: GateDependencies,
  wish: ReleaseWish,
  isRollback: boolean,
): Promise<GateAnswer> {
  const { ledger, clock } = gate;
  let marker: OffsetMarker | null = null;
  for (let look = 0; look < LOOKS; look++) {
    const plan = await planned(gate, wish, isRollback);
    if (plan.kind === 'known') return answerOf(plan.entry, clock.nowMs());
    if (plan.kind === 'refused') throw refused(wish, plan.by);
    marker ??= await markerFor(gate, wish, isRollback);
    if ('gaveUp' in plan && plan.gaveUp !== null) await ledger.write(finished(plan.gaveUp, clock.nowMs(), null));
    const entry = entryFor(plan, wish, { start: marker, settings: gate.settings });
    if ((await ledger.open(entry)) === 'opened') return answerOf(entry, clock.nowMs());
  }
  throw new SluicegateError('STORE_CONFLICT', `others keep writing the release of "${wish.group}": start it again`);
}

async function planned({ ledger, clock }: GateDependencies, wish: ReleaseWish, isRollback: boolean) {
  const { id, cluster, group, executionId, requestId } = wish;
  const [own, newest, open] = await Promise.all([
    ledger.read(id),
    newestRelease(ledger, cluster, group),
    openRelease(ledger, cluster, group),
  ]);
  return planStart({ executionId, requestId, isRollback, nowMs: clock.nowMs() }, { own, newest, open });
}

/** A rollback goes on without a marker, too: it must not fail for want of what only a release needs. */
async function markerFor(gate: GateDependencies, wish: ReleaseWish, isRollback: boolean): Promise<OffsetMarker> {
  try {
    return await freshMarker(gate, wish);
  } catch (error) {
    if (!isRollback) throw error;
    gate.warn('a recovery starts without an offset marker', error);
    return { atMs: gate.clock.nowMs(), partitions: [] };
  }
}

function entryFor(
  plan: Exclude<StartPlan, { readonly kind: 'known' | 'refused' }>,
  wish: ReleaseWish,
  begun: Pick<LedgerEntry, 'settings'> & { readonly start: OffsetMarker },
): LedgerEntry {
  switch (plan.kind) {
    case 'open':
      return newEntry(wish, { ...begun, mode: plan.mode });
    case 'retry':
      return nextAttempt(plan.of, wish, { ...begun, mode: 'release' });
    case 'adopt':
      return nextAttempt(plan.of, wish, { ...begun, mode: 'recovery' });
  }
}

const refused = ({ group, cluster }: ReleaseWish, { release, attempt }: LedgerEntry): SluicegateError =>
  new SluicegateError(
    'RELEASE_REFUSED',
    `release ${release.id} of "${group}" in ${cluster} is open (${attempt.askedBy.caller}, execution "${attempt.executionId}"): finish it, or wait for its decision`,
  );
