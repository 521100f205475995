import { dataLoss } from './data-loss.ts';
import { fallingBehind } from './falling-behind.ts';
import { noProgress } from './no-progress.ts';
import { objectiveBroken } from './objective.ts';
import { rewind } from './rewind.ts';
import type { PartitionRule } from './rule.ts';
import { skip } from './skip.ts';

/**
 * The rules of a partition; the first that holds gives its status. What can't be made good comes first, then what gets
 * worse while nobody looks, then what still moves. The place in this list is also the rule's bit in a checkpoint: a new
 * rule in between makes older checkpoints unreadable (checkpoint.ts counts formats).
 */
export const PARTITION_RULES: readonly PartitionRule[] = [
  dataLoss,
  skip,
  rewind,
  noProgress,
  fallingBehind,
  objectiveBroken,
];
