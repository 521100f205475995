import { SluicegateError } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { ClusterReader } from '../core/ports/cluster-reader.ts';
import type { OffsetWriter } from '../core/ports/offset-writer.ts';
import type { OffsetMarker } from '../core/release/offset-marker.ts';
import { outcomeOf, type RollbackOutcome } from '../core/rollback/rollback-outcome.ts';
import { planRollback, resetsOf } from '../core/rollback/rollback-plan.ts';

/** The group's cluster, as a rollback needs it. */
export interface RollbackAccess {
  /** Shows the group, and the logs of the marker's partitions. */
  readonly reader: ClusterReader;
  readonly writer: OffsetWriter;
  readonly clock: Clock;
  /** For each of a look, a commit and another look (a duration). */
  readonly deadlineMs: number;
}

/**
 * Puts a group back to a marker: a fresh look, then one commit of all offsets while the group is empty, then another
 * look at what is there. Without `execute` it ends before the commit. Throws what its ports throw.
 */
export async function applyRollback(
  { reader, writer, clock, deadlineMs }: RollbackAccess,
  { group, marker, execute }: { readonly group: string; readonly marker: OffsetMarker; readonly execute: boolean },
): Promise<RollbackOutcome> {
  const look = async () => (await reader.read({ atMs: clock.nowMs(), deadlineMs })).snapshot;
  const plan = planRollback(group, marker, await look());
  if (!execute) return { kind: 'planned', plan };
  if (plan.obstacles.length > 0) return { kind: 'refused', plan, obstacles: plan.obstacles };
  const offsets = resetsOf(plan).map(({ topic, partition, toOffset }) => ({ topic, partition, offset: toOffset }));
  if (offsets.length === 0) return { kind: 'nothingToDo', plan };
  const answers = await writer.commit({ group, offsets, deadlineMs });
  return outcomeOf(plan, answers, await look().catch(unlessUnread));
}

/** What was committed must be told even if nobody can look at it. */
function unlessUnread(error: unknown): null {
  if (error instanceof SluicegateError) return null;
  throw error;
}
