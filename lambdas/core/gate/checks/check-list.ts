import { beyondEnd } from './beyond-end.ts';
import type { Check } from './check.ts';
import { crashLoop } from './crash-loop.ts';
import { dataLoss } from './data-loss.ts';
import { deadLetters } from './dead-letters.ts';
import { fencedTwins } from './fenced-twins.ts';
import { neverJoined } from './never-joined.ts';
import { oldVersionRemains } from './old-version-remains.ts';
import { ownsNothing } from './owns-nothing.ts';
import { partitionUnowned } from './partition-unowned.ts';
import { rebalanceStorm } from './rebalance-storm.ts';
import { rewind } from './rewind.ts';
import { skip } from './skip.ts';
import { slower } from './slower.ts';
import { stalled } from './stalled.ts';
import { timeLagWorse } from './time-lag-worse.ts';
import { vanished } from './vanished.ts';
import { wrongGroup } from './wrong-group.ts';

/** Every reason to roll back. All that hold are told; the first is the headline, so the order goes from cause to effect. */
export const CHECKS: readonly Check[] = [
  wrongGroup,
  neverJoined,
  ownsNothing,
  vanished,
  crashLoop,
  fencedTwins,
  rebalanceStorm,
  oldVersionRemains,
  partitionUnowned,
  rewind,
  skip,
  beyondEnd,
  dataLoss,
  deadLetters,
  stalled,
  slower,
  timeLagWorse,
];
