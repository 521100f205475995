import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { groupPartitionsIn } from '../../lambdas/core/cluster/group-partitions.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { evaluationOf } from '../scaled/evaluation-of.ts';
import { recordedDays } from '../scaled/recorded-days.ts';
import { CLUSTER, scaledCluster, slotAt } from '../scaled/scaled-cluster.ts';

/** A table that waits for its next evaluation. */
export interface Prepared {
  readonly groupPartitions: number;
  readonly groups: number;
  /** The minute of the one sample that was not evaluated yet. */
  readonly minute: number;
}

/** So many minutes fill what the rules remember: their windows are as large then as they get. */
const LEARNT_MINUTES = 40;

/** Minutes evaluated in full before the checkpoint, so that the incidents there are were opened. */
const SETTLED_MINUTES = 4;

/**
 * Fills a table with what a cold start finds: a checkpoint, so many samples that were evaluated since, and a new one.
 * Its arguments: endpoint, table, group-partitions, samples to replay, and the set of recorded days.
 */
async function prepare(
  endpoint: string,
  tableName: string,
  size: number,
  replayed: number,
  set: string | undefined,
): Promise<Prepared> {
  const location = { tableName, endpoint };
  await createTable(location);
  const evaluation = evaluationOf(openTable(location), { nowMs: () => slotAt(0) });
  const cluster = scaledCluster(await recordedDays(set), size);
  const run = evaluation.ruleset.begin(null);
  for (let minute = 0; minute < LEARNT_MINUTES; minute += 1) run.advance(cluster.snapshotAt(minute));
  const learnt = { run, slotMs: null, before: null, checkpointSlotMs: null, replayable: 0 };
  evaluation.warmRuns.set(CLUSTER, learnt);
  const checkpointed = LEARNT_MINUTES + SETTLED_MINUTES;
  for (let minute = LEARNT_MINUTES; minute <= checkpointed + replayed; minute += 1) {
    const warm = evaluation.warmRuns.get(CLUSTER);
    // A checkpoint at just this minute: the last one is forgotten here, and none is due after it.
    if (warm !== undefined && minute === checkpointed) warm.checkpointSlotMs = null;
    await evaluation.history.append({ slotMs: slotAt(minute), snapshot: cluster.snapshotAt(minute) });
    await evaluateCluster(evaluation, { cluster: CLUSTER, unread: null });
  }
  const minute = checkpointed + replayed + 1;
  const snapshot = cluster.snapshotAt(minute);
  await evaluation.history.append({ slotMs: slotAt(minute), snapshot });
  return { groupPartitions: groupPartitionsIn(snapshot), groups: snapshot.groups.size, minute };
}

const [endpoint = '', tableName = '', size, replayed, set] = process.argv.slice(2);
console.log(JSON.stringify(await prepare(endpoint, tableName, Number(size), Number(replayed), set)));
