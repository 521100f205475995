import { limitsOf, obstacleText, totalsOf } from './rollback-limits.ts';
import { outcomeText, type RollbackOutcome } from './rollback-outcome.ts';

/** A rollback of a release: what came of it, and whether the ledger has it. */
export interface ReleaseRollback {
  readonly releaseId: string;
  readonly cluster: string;
  readonly outcome: RollbackOutcome;
  /** False: it happened (or was refused) and could not be written into the ledger. Null: there is nothing to write. */
  readonly isRecorded: boolean | null;
}

/** The same as JSON: what the restore function returns and the command line prints. */
export function rollbackJson({ releaseId, cluster, outcome, isRecorded }: ReleaseRollback) {
  const { plan } = outcome;
  const obstacles = outcome.kind === 'refused' ? outcome.obstacles : plan.obstacles;
  const isDone = outcome.kind === 'applied' || outcome.kind === 'partly';
  return {
    releaseId,
    cluster,
    group: plan.group,
    outcome: outcome.kind,
    sentence: outcomeText(outcome),
    markedAt: plan.markedAtMs,
    readAt: plan.readAtMs,
    ...totalsOf(plan),
    obstacles: obstacles.map((obstacle) => ({ kind: obstacle.kind, sentence: obstacleText(obstacle) })),
    limits: limitsOf(plan),
    partitions: plan.partitions,
    ...(isDone ? { results: outcome.partitions } : {}),
    ...(isRecorded === null ? {} : { recorded: isRecorded }),
  };
}
