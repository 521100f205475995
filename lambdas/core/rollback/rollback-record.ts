import type { Asker, RecordedRollback } from '../release/ledger-entry.ts';
import { outcomeText, type RollbackOutcome } from './rollback-outcome.ts';

/** What the ledger keeps of a rollback that was asked for in earnest. Null: it was only planned. */
export function rollbackRecordOf(
  outcome: RollbackOutcome,
  { atMs, askedBy }: { readonly atMs: number; readonly askedBy: Asker },
): RecordedRollback | null {
  const record = { atMs, askedBy, sentence: outcomeText(outcome) };
  switch (outcome.kind) {
    case 'planned':
      return null;
    case 'refused':
      return { ...record, outcome: 'refused', partitions: [] };
    case 'nothingToDo':
      return { ...record, outcome: 'applied', partitions: [] };
    case 'applied':
    case 'partly':
      return {
        ...record,
        outcome: outcome.kind,
        partitions: outcome.partitions.map(({ topic, partition, fromOffset, toOffset, error }) => ({
          topic,
          partition,
          fromOffset,
          toOffset,
          error,
        })),
      };
  }
}
